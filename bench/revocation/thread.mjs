/** A thread of the benchmark: runs `start` of a module written in TypeScript, and says what it gave. */
import { parentPort, workerData } from 'node:worker_threads';
import { runnerImport } from 'vite';

const { file, given } = workerData;
const { module } = await runnerImport(file, { configFile: false, logLevel: 'warn' });
parentPort.postMessage(await module.start(given));
