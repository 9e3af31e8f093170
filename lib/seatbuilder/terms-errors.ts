import type { Answer } from '../http/surface.ts'
import type { Refusal } from '../refusals.ts'
import { envelope } from './envelope.ts'

type RefusalOf<Code extends Refusal['code']> = Extract<Refusal, { code: Code }>

type TermsCode = 'channel-not-found' | 'channel-taken' | 'too-many-channels'

/** What is refused of channels and sale rules. */
export const termsAnswers = {
  'channel-not-found': ({ channelKey }) => envelope(404, `Channel not found: ${channelKey}`),
  'channel-taken': ({ what, word }) => envelope(409, `There is a channel with the ${what} ${word}`),
  'too-many-channels': ({ channelsMax }) =>
    envelope(400, `An event has at most ${channelsMax} channels`),
} as const satisfies { [Code in TermsCode]: (refusal: RefusalOf<Code>) => Answer }
