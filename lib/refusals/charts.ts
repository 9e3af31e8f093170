import type { PublishFault, ValidationRule } from '../venue/validate-chart.ts'
import type { SoldChange, SoldReport } from '../rules/sold.ts'
import { SAMPLE, type RefusalFactsOf } from './told.ts'
import { CATEGORIES_MAX, TAGS_MAX } from '../limits/limits.ts'

/** What is refused of charts. */
export type ChartRefusal =
  | {
      readonly code: 'chart-not-found'
      readonly chartKey: string
      /** Where it was looked for, if not in the caller's workspace. */
      readonly workspaceKey?: string
    }
  | { readonly code: 'layout-not-found'; readonly chartKey: string }
  | { readonly code: 'chart-not-published'; readonly chartKey: string }
  | { readonly code: 'chart-has-events'; readonly chartKey: string; readonly events: number }
  | {
      readonly code: 'chart-not-publishable'
      readonly faults: readonly PublishFault[]
      readonly total: number
    }
  /** The account's rules forbid to publish the draft, or to sell what is published. */
  | {
      readonly code: 'drawing-invalid'
      readonly chartKey: string
      readonly version: 'draft' | 'published'
      readonly errors: readonly ValidationRule[]
      readonly warnings: readonly ValidationRule[]
    }
  | { readonly code: 'drawing-too-large'; readonly bytesMax: number }
  /** The caller has seen another draft. */
  | { readonly code: 'draft-changed'; readonly chartKey: string; readonly draftNumber: number }
  /** The caller wants nothing taken from sold objects, and something would be. */
  | ({ readonly code: 'sold-objects-affected' } & SoldReport)
  /** The same caller; not every event could be looked at. */
  | { readonly code: 'sold-objects-unread'; readonly eventsUnread: number }
  /** It is in the archive already; or is not there. */
  | { readonly code: 'chart-archived'; readonly chartKey: string }
  | { readonly code: 'chart-not-archived'; readonly chartKey: string }
  | { readonly code: 'tag-not-found'; readonly chartKey: string; readonly tag: string }
  | { readonly code: 'too-many-tags'; readonly tagsMax: number }
  | { readonly code: 'category-not-found'; readonly categoryKey: string }
  | { readonly code: 'category-key-taken'; readonly categoryKey: string }
  | { readonly code: 'too-many-categories'; readonly categoriesMax: number }

/** How each is told. */
export const chartRefusals = {
  'chart-not-found': {
    kind: 'missing',
    says: ({ chartKey }) => `Chart not found: ${chartKey}`,
    when: 'There is no such chart in the workspace of the key.',
    sample: { code: 'chart-not-found', chartKey: SAMPLE.chartKey },
  },
  'layout-not-found': {
    kind: 'missing',
    says: ({ chartKey }) => `Chart is not published: ${chartKey}`,
    when: 'The chart is not published.',
    sample: { code: 'layout-not-found', chartKey: SAMPLE.chartKey },
  },
  'chart-not-published': {
    kind: 'conflict',
    says: ({ chartKey }) => `Chart is not published: ${chartKey}. Publish it first`,
    when: 'The chart is not published.',
    sample: { code: 'chart-not-published', chartKey: SAMPLE.chartKey },
  },
  'chart-has-events': {
    kind: 'conflict',
    says: ({ chartKey, events }) => `Chart ${chartKey} has ${events} event(s): delete them first`,
    when: 'Events are bound to the chart.',
    sample: { code: 'chart-has-events', chartKey: SAMPLE.chartKey, events: 1 },
  },
  'chart-not-publishable': {
    kind: 'conflict',
    says: ({ total }) => `The draft cannot be published: ${total} fault(s)`,
    when: 'The objects of the draft cannot be told apart, or there are none or too many.',
    sample: {
      code: 'chart-not-publishable',
      faults: [{ code: 'duplicate-label', label: 'A-1' }],
      total: 1,
    },
  },
  'drawing-invalid': {
    kind: 'conflict',
    says: ({ chartKey, errors }) =>
      `The drawing of ${chartKey} breaks rules of the account: ${errors.join(', ')}`,
    when: 'The drawing breaks a rule that the account takes for an error.',
    sample: (path) => ({
      code: 'drawing-invalid',
      chartKey: SAMPLE.chartKey,
      version: path.includes('/draft/') ? 'draft' : 'published',
      errors: ['VALIDATE_DUPLICATE_LABELS'],
      warnings: ['VALIDATE_FOCAL_POINT'],
    }),
  },
  'drawing-too-large': {
    kind: 'invalid',
    says: ({ bytesMax }) => `The drawing would be larger than ${bytesMax} bytes`,
    when: 'The drawing would become too large.',
    sample: { code: 'drawing-too-large', bytesMax: 4_194_304 },
  },
  'draft-changed': {
    kind: 'conflict',
    says: ({ chartKey, draftNumber }) =>
      `The draft of ${chartKey} is another than that of If-Match by now, its number ${draftNumber}: read it again`,
    when: 'The draft is another than the one that `If-Match` names.',
    sample: { code: 'draft-changed', chartKey: SAMPLE.chartKey, draftNumber: 3 },
  },
  'sold-objects-affected': {
    kind: 'conflict',
    says: (refusal) => `Nothing was changed, since it is sold: ${tellSold(refusal)}`,
    when: 'With `ifUnsold=true`: a sold object would vanish, change its category, or have fewer places than are sold of it.',
    sample: {
      code: 'sold-objects-affected',
      events: [
        {
          eventKey: SAMPLE.eventKey,
          vanishing: 1,
          recategorized: 0,
          exceeding: 0,
          objects: [{ label: 'A-1', state: { status: 'booked' }, effect: 'vanishes' }],
        },
      ],
      vanishing: 1,
      recategorized: 0,
      exceeding: 0,
      eventsUnread: 0,
    },
  },
  'sold-objects-unread': {
    kind: 'conflict',
    says: ({ eventsUnread }) =>
      `Nothing was changed: what is sold in ${eventsUnread} event(s) could not be read in time. Leave out ifUnsold, or try again`,
    when: 'With `ifUnsold=true`: the chart has too many events to look at in time.',
    sample: { code: 'sold-objects-unread', eventsUnread: 12 },
  },
  'chart-archived': {
    kind: 'conflict',
    says: ({ chartKey }) => `The chart ${chartKey} is archived already`,
    when: 'The chart is in the archive already.',
    sample: { code: 'chart-archived', chartKey: SAMPLE.chartKey },
  },
  'chart-not-archived': {
    kind: 'conflict',
    says: ({ chartKey }) => `The chart ${chartKey} is not archived`,
    when: 'The chart is not in the archive.',
    sample: { code: 'chart-not-archived', chartKey: SAMPLE.chartKey },
  },
  'tag-not-found': {
    kind: 'missing',
    says: ({ chartKey, tag }) =>
      `Tag not found: the chart ${chartKey} does not have the tag ${tag}`,
    when: 'The chart does not have this tag.',
    sample: { code: 'tag-not-found', chartKey: SAMPLE.chartKey, tag: 'indoor' },
  },
  'too-many-tags': {
    kind: 'invalid',
    says: ({ tagsMax }) => `A chart has at most ${tagsMax} tags`,
    when: 'The chart has as many tags as it may have.',
    sample: { code: 'too-many-tags', tagsMax: TAGS_MAX },
  },
  'category-not-found': {
    kind: 'missing',
    says: () => 'category not found',
    when: 'The chart has no such category.',
    sample: { code: 'category-not-found', categoryKey: '1' },
  },
  'category-key-taken': {
    kind: 'conflict',
    says: ({ categoryKey }) => `The chart has a category with the key ${categoryKey} already`,
    when: 'The chart has a category with this key.',
    sample: { code: 'category-key-taken', categoryKey: '1' },
  },
  'too-many-categories': {
    kind: 'invalid',
    says: ({ categoriesMax }) => `A chart has at most ${categoriesMax} categories`,
    when: 'The chart has as many categories as it may have.',
    sample: { code: 'too-many-categories', categoriesMax: CATEGORIES_MAX },
  },
} as const satisfies RefusalFactsOf<ChartRefusal>

/** Objects that the sentence names; the report has more. */
const SOLD_NAMED_MAX = 20

const becoming = {
  vanishes: 'would vanish',
  'changes-category': 'would change category',
  'exceeds-capacity': 'would have fewer places than are sold',
} as const satisfies Record<SoldChange['effect'], string>

function tellSold({ events, vanishing, recategorized, exceeding }: SoldReport): string {
  const all = events.flatMap(({ eventKey, objects }) =>
    objects.map(({ label, effect }) => `${label} of ${eventKey} ${becoming[effect]}`),
  )
  const named = all.slice(0, SOLD_NAMED_MAX)
  const others = vanishing + recategorized + exceeding - named.length
  const more = others > 0 ? [`and ${others} more`] : []
  return [...named, ...more].join(', ')
}
