// The entry point without Electron. It looks at Node first: an older one cannot even load the program, and would say why
// in words for programmers.
const neededMajor = 24;

const { node } = process.versions;
if (Number(node.split('.', 1)[0]) < neededMajor) {
  process.stderr.write(`cli-proxy-desktop needs Node ${neededMajor} or newer; this is Node ${node}.\n`);
  process.exitCode = 1;
} else {
  const { runHeadless } = await import('./run-headless.ts');
  await runHeadless(new URL('./', import.meta.url));
}
