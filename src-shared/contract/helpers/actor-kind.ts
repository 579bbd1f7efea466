// Who may have caused what a row tells of.
import { z } from 'zod';
import type { Actor } from '../../operation.ts';

export const actorKind = z.enum(['window', 'tray', 'disk', 'app', 'http'] satisfies Actor['kind'][]);
