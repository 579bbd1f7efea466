// Loaded before the program: the app is started a second time while it is ready but its own start has not ended.
import { app } from './app.ts';

const link = process.env.SECOND_START_LINK;
void app.whenReady().then(() => setImmediate(tellOfSecondStart));

function tellOfSecondStart(): void {
  const args = ['/opt/cli-proxy-desktop', ...(link === undefined ? [] : [link])];
  app.emit('second-instance', {}, args, '/', null);
}
