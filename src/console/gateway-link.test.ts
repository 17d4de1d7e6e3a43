import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../../test/eventually.ts';
import { hangUp, json, startScriptedGateway, type ScriptedGateway } from '../../test/scripted-gateway.ts';
import { createTestTime, type TestTime } from '../../test/test-time.ts';
import type { Hello } from '../http/envelope.ts';
import { createGatewayLink, type GatewayLink } from './gateway-link.ts';

const hello: Hello = { boot: 'boot-1', connections: [], configurationFaults: [], demo: false };
const changed: Hello = { ...hello, configurationFaults: ['connections[0].id: is missing.'] };

let gateway: ScriptedGateway;
let time: TestTime;
let link: GatewayLink;
let visible: boolean;
let questions: number;
let heard: (Hello | 'silence')[];

beforeEach(async () => {
  gateway = await startScriptedGateway();
  gateway.answer = json(hello);
  time = createTestTime();
  visible = true;
  questions = 0;
  heard = [];
  link = createGatewayLink({
    caller: {
      hello(signal) {
        questions += 1;
        return gateway.caller.hello(signal);
      },
    },
    timers: time.timers,
    visible: () => visible,
    onHeard: (what) => heard.push(what),
  });
  await answered();
});
afterEach(async () => {
  link.dispose();
  await gateway.close();
});

/** Every question has its answer, and the link has settled on what to do next. */
async function answered(): Promise<void> {
  await eventually(() => expect(heard).toHaveLength(questions));
  await new Promise(setImmediate);
}

it('asks every 5 s while somebody looks, so that a change and a silence are known soon', async () => {
  const answers = [
    [json(changed), changed],
    [hangUp, 'silence'],
    [json(hello), hello],
  ] as const;
  for (const [answer, expected] of answers) {
    gateway.answer = answer;
    const before = questions;
    time.pass(4_999);
    expect(questions).toBe(before);
    time.pass(1);
    expect(questions).toBe(before + 1);
    await answered();
    expect(heard.at(-1)).toEqual(expected);
  }
});

it('gives the same object while the answer stays the same', async () => {
  await link.ask();
  expect(heard).toHaveLength(2);
  expect(heard[1]).toBe(heard[0]);
});

it('asks every 30 s while nobody looks, and at once when the page comes to the front', async () => {
  visible = false;
  time.pass(5_000);
  await answered();
  expect(questions).toBe(2);
  time.pass(29_999);
  link.poke();
  expect(questions).toBe(2);
  time.pass(1);
  expect(questions).toBe(3);
  await answered();
  visible = true;
  link.poke();
  expect(questions).toBe(4);
  await answered();
  time.pass(5_000);
  expect(questions).toBe(5);
});

it('asks nothing more once it is disposed of, even where an answer was on its way', async () => {
  time.pass(5_000);
  link.dispose();
  await eventually(() => expect(gateway.arrived).toHaveLength(2));
  await link.ask();
  await new Promise(setImmediate);
  const before = questions;
  time.pass(60_000);
  link.poke();
  expect(questions).toBe(before);
});
