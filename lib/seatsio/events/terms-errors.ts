import type { OwnWords } from '../../refusals/refusal-table.ts'
import type { Wording } from '../wording.ts'

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
} as const satisfies OwnWords<Wording>
