// The key that commands are given with, as it is labelled on this system.

export const modifier = /mac/i.test(navigator.platform) ? '⌘' : 'Ctrl';
