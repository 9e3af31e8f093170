import * as z from 'zod'
import { checkWhole } from '../http/whole.ts'
import { objectAmong } from '../http/misplaced.ts'
import {
  changedObject,
  extraData,
  HOLD_TTL_SECONDS_MAX,
  holdToken,
  LABELS_MAX,
  text,
  timestamp,
  ttlSeconds,
} from './fields.ts'
import { seatWords } from './shapes.ts'
import {
  CATEGORIES_MAX,
  CHANNELS_MAX,
  HOLD_SECONDS_DEFAULT,
  KEY_LENGTH_MAX,
  LABEL_LENGTH_MAX,
  NAME_LENGTH_MAX,
} from '../limits/limits.ts'

// A hold of the best seats, for who names none. All of it is ours: the contract does not know it.

export const bestRequest = checkWhole(
  objectAmong(seatWords, {
    holdToken,
    number: z.int().min(1).max(LABELS_MAX).meta({ description: 'Seats, or places of one area.' }),
    categories: z.array(text(1, NAME_LENGTH_MAX)).max(CATEGORIES_MAX).optional().meta({
      description: 'Keys or labels of categories, in whatever case; without any, all.',
    }),
    inCategoryOrder: z.boolean().default(false).meta({
      description:
        'All are of one category: the first of `categories` that has what is wanted. So the cheapest come first, if that is how they are named.',
    }),
    sections: z.array(text(1, LABEL_LENGTH_MAX)).max(LABELS_MAX).optional().meta({
      description: 'Labels of sections; without any, all.',
    }),
    zone: text(1, KEY_LENGTH_MAX).optional().meta({
      description: 'Key of a zone. It is measured from the focal point of the zone then.',
    }),
    together: z.boolean().default(false).meta({
      description:
        'Nothing else will do than seats of one row side by side, or places of one area. Without it those come first.',
    }),
    preventOrphans: z.boolean().default(true).meta({
      description: 'Whether seats that leave none alone come before nearer ones.',
    }),
    accessibleSeats: z.int().min(0).default(0).meta({
      description: 'How many of them are accessible seats; without it none is.',
    }),
    ttlSeconds: ttlSeconds(HOLD_TTL_SECONDS_MAX).default(HOLD_SECONDS_DEFAULT),
    extraData: extraData.optional(),
    channelKeys: z.array(text(1, KEY_LENGTH_MAX)).max(CHANNELS_MAX).optional().meta({
      description:
        'With a secret key, or where the workspace lets publishable keys: only seats of these channels are held, and those in none only with `NO_CHANNEL` among them. Without, only those in none.',
    }),
    ignoreChannels: z.boolean().optional().meta({
      description:
        'With a secret key: seats are held whatever channel they are in. Not together with `channelKeys`.',
    }),
  }),
  ({ number, accessibleSeats, channelKeys = [], ignoreChannels }, refuse) => {
    if (accessibleSeats > Math.max(0, number)) refuse('accessibleSeats', 'Must not exceed number')
    if (ignoreChannels === true && channelKeys.length > 0) {
      refuse('ignoreChannels', 'Give channelKeys or ignoreChannels, not both')
    }
  },
)

export const bestReply = z.object({
  chartKey: z.string(),
  eventKey: z.string(),
  status: z.literal('held'),
  holdToken: z.string(),
  holdExpiresAt: timestamp,
  held: z.array(changedObject).meta({ description: 'In seat order.' }),
  nextToEachOther: z.boolean().optional().meta({
    description: 'Of seats: whether all of them are side by side.',
  }),
})
