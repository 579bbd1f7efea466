// Where the window opens: where it was, unless that is no longer on any screen.

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const minSize = { width: 900, height: 600 } as const;
const defaultSize = { width: 1180, height: 760 } as const;
/** Of the title bar at least this much must be on a screen, or the window could not be moved. Pixels. */
const grip = { width: 120, height: 24 } as const;

const overlap = (from: number, length: number, otherFrom: number, otherLength: number) =>
  Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom);

/** `screens` are work areas, the primary one first. Without a place the window is centred. */
export function windowBounds(
  remembered: Rectangle | undefined,
  screens: readonly Rectangle[],
): { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number } {
  const { width, height } = remembered ?? defaultSize;
  const sizeOn = (screen: Rectangle) => ({
    width: Math.max(minSize.width, Math.min(width, screen.width)),
    height: Math.max(minSize.height, Math.min(height, screen.height)),
  });
  if (remembered !== undefined) {
    const { x, y } = remembered;
    const home = screens.find(
      (screen) =>
        overlap(x, sizeOn(screen).width, screen.x, screen.width) >= grip.width &&
        overlap(y, grip.height, screen.y, screen.height) >= grip.height,
    );
    if (home !== undefined) return { x, y, ...sizeOn(home) };
  }
  return sizeOn(screens[0] ?? { ...defaultSize, x: 0, y: 0 });
}
