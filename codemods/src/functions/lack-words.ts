/** functions/lack-words: what a run says of a call that does not fail, or not always, for want of a name. */
import type { ReasonDetails } from '../rules/reasons.ts';
import type { Lack } from './lacks.ts';

/** The codes that say it. */
export type LackCode = 'DC-C1' | 'DC-C7' | 'DC-I1';

const ran = {
  today: '; it asks for that or catches the error, so this call ran without it until now',
  after: 'the call takes the other branch from now on',
};
const threw = { today: ', so this call threw until now where it got there' };

const words: Readonly<Record<LackCode, Readonly<Record<Exclude<Lack, 'throws'>, ReasonDetails>>>> = {
  'DC-C1': {
    'may throw': { today: ', so this call fails today where it gets there' },
    'goes on': {
      today:
        '. The function asks for it or catches the error, so this call runs without it today, and takes the other branch once it has it',
    },
  },
  'DC-C7': { 'may throw': threw, 'goes on': ran },
  'DC-I1': { 'may throw': threw, 'goes on': ran },
};

/** What fills the sentence of a code; nothing where the call fails whenever it runs, as the sentence says by itself. */
export const wordsOfLack = (code: LackCode, lack: Lack): ReasonDetails => (lack === 'throws' ? {} : words[code][lack]);
