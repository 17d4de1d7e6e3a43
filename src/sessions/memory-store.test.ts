import { createMemoryStore } from './memory-store.ts';
import { recordStoreContract } from './record-store.contract.ts';

recordStoreContract('in memory', () => Promise.resolve(createMemoryStore()));
