import type { Refusal } from '../../refusals.ts'
import type { Wording } from '../errors.ts'

type RefusalOf<Code extends Refusal['code']> = Extract<Refusal, { code: Code }>

type TermsCode = 'channel-not-found' | 'channel-taken' | 'too-many-channels'

/** Words for what is refused of channels and sale rules. */
export const termsWords = {
  'channel-not-found': ({ channelKey }) => ({
    status: 404,
    code: 'CHANNEL_NOT_FOUND',
    message: `Channel not found: ${channelKey}`,
  }),
  'channel-taken': ({ what, word }) => ({
    status: 400,
    code: 'CHANNEL_ALREADY_EXISTS',
    message: `A channel with the ${what} ${word} already exists`,
  }),
  'too-many-channels': ({ channelsMax }) => ({
    status: 400,
    code: 'GENERAL_ERROR',
    message: `An event has at most ${channelsMax} channels`,
  }),
} as const satisfies { [Code in TermsCode]: (refusal: RefusalOf<Code>) => Wording }
