import { modelMember, type Passthrough } from '../../passthrough.ts';
import { hidesUsage, streamOptions } from '../client-side.ts';

/** Usage is always asked for; what the client has not asked for is taken out of the response. */
export const chatPassthrough: Passthrough = {
  edit: (request, target) => ({
    ...modelMember(target),
    ...(request.stream && hidesUsage(request)
      ? { stream_options: JSON.stringify({ ...streamOptions(request), include_usage: true }) }
      : {}),
  }),
  editCount: (_, target) => modelMember(target),
};
