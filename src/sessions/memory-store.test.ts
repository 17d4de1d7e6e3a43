import { createMemoryStore } from './memory-store.ts';
import type { SessionRecord } from './record.ts';
import { recordStoreContract } from './record-store.contract.ts';

recordStoreContract('in memory', () => Promise.resolve(createMemoryStore<SessionRecord>()));
