import * as z from 'zod'
import type { Letter } from '../rules/snapshot/hall.ts'
import { timestamp } from './fields.ts'

// A whole event as browsers poll it.

const index = z.int().min(0)

const indexes = z.array(index).min(1).optional()

const changes = z
  .object({
    f: indexes.meta({ description: 'Free.' }),
    h: indexes.meta({ description: 'Held.' }),
    b: indexes.meta({ description: 'Booked.' }),
    t: indexes.meta({ description: 'Taken in a status of your own.' }),
    r: indexes.meta({ description: 'In resale: may be selected.' }),
    n: indexes.meta({ description: 'Free, and not for sale.' }),
    c: indexes.meta({ description: 'Free, and for buyers of a channel.' }),
    a: indexes.meta({ description: 'An area: its places are counted in `areas`.' }),
    '-': indexes.meta({ description: 'Nothing is sold under this label.' }),
  } satisfies Record<Letter, z.ZodType>)
  .meta({ description: 'Positions of objects, by the letter that they have now.' })

const areas = z.array(
  z.object({
    index,
    capacity: z.int().min(0),
    free: z.int().min(0).meta({ description: 'Places that anybody may select.' }),
    freeInChannels: z
      .int()
      .min(0)
      .meta({ description: 'Places that buyers of channels may select.' }),
    freeByChannel: z
      .array(z.object({ channel: index, free: z.int().min(0) }))
      .optional()
      .meta({
        description:
          'Of which channels those are, by their positions in `channels`; where these are told, and have any places of the area.',
      }),
  }),
)

const categoryKey = z.union([z.string(), z.number()])

const categories = z.array(
  z.object({ key: categoryKey, label: z.string(), color: z.string(), accessible: z.boolean() }),
)

export const snapshotQuery = z.object({
  since: z
    .string()
    .regex(/^\d{1,15}\.\d{1,7}\.\d{1,7}$/, 'since must be the revision of a snapshot')
    .optional()
    .meta({
      description:
        'The `revision` that you have: you get what changed since, if that is known still.',
    }),
  labels: z.enum(['true', 'false']).optional().meta({
    description:
      'With `true` the labels of all objects come along, in their order, and what the event says of its objects beside the drawing.',
  }),
})

export const snapshotReply = z.object({
  eventKey: z.string(),
  chartKey: z.string(),
  chartVersion: z.int().nullable().meta({
    description:
      'The published version whose objects these are; null while nothing is published. With another chart or version, ask for labels again.',
  }),
  termsVersion: z.string().meta({
    description:
      'Another when the event changed its categories, channels, tables or sale rules: ask for labels again then, too.',
  }),
  revision: z.string().meta({ description: 'Names what you got: hand it back as `since`.' }),
  serverTime: timestamp,
  readAt: timestamp.meta({
    description: 'When the event was read for this: what happened before shows in it.',
  }),
  nextEnd: timestamp.nullable().meta({ description: 'When the next hold ends.' }),
  objectCount: z.int().min(0),
  labels: z.array(z.string()).optional(),
  categories: categories.optional().meta({
    description: 'With `labels=true`: those of the chart, then the event’s own.',
  }),
  objectCategories: z.record(z.string(), categoryKey).optional().meta({
    description:
      'With `labels=true`: keys of categories by label, of objects whose category is another in this event. Not there where there are none.',
  }),
  channels: z
    .array(z.object({ key: z.string(), objects: z.array(index) }))
    .optional()
    .meta({
      description:
        'With `labels=true`, where the workspace lets publishable keys open channels: all of them, with the positions of what is in each, of areas also where only some of its places are.',
    }),
  states: z.string().optional().meta({
    description: 'One letter for each object, as in `changes`; not there where `changes` is.',
  }),
  changes: changes.optional(),
  areas: areas.meta({ description: 'All areas; with `changes` those that changed.' }),
  ends: z.array(z.object({ afterMs: z.int().min(1), changes, areas })).meta({
    description:
      'Holds that end within the next seconds, in milliseconds after `serverTime`: what becomes of their objects then. Of many the next 500. It takes the place of what you got before.',
  }),
})
