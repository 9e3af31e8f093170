import type { Refusal } from '../../refusals.ts'
import type { PublishFault } from '../../venue/validate-chart.ts'
import type { RequestFacts } from '../../http/surface.ts'
import type { Wording } from '../errors.ts'

// How this surface words what charts refuse.

type RefusalOf<Code extends Refusal['code']> = Extract<Refusal, { code: Code }>

type ChartCode = Extract<
  Refusal['code'],
  | `${string}chart-${string}`
  | `drawing-${string}`
  | `${string}tag${string}`
  | `${string}categor${string}`
>

/** One entry for each refusal that is about charts. */
export const chartWords = {
  'chart-not-found': ({ chartKey, workspaceKey }, request) => ({
    status: 404,
    code: 'CHART_NOT_FOUND',
    message: `Chart not found: ${chartKey} was not found in workspace ${workspaceKey ?? request.workspaceKey}`,
  }),
  'layout-not-found': ({ chartKey }) =>
    general(404, `The chart ${chartKey} has no such version of its drawing`),
  'chart-not-published': ({ chartKey }) =>
    general(400, `The chart ${chartKey} is not published: publish it first`),
  'chart-has-events': ({ chartKey, events }) =>
    general(400, `The chart ${chartKey} has ${events} event(s): delete them first`),
  'chart-not-publishable': ({ faults, total }) => ({
    status: 400,
    code: 'DRAWING_VALIDATION_FAILED',
    message: `The drawing cannot be used, it has ${total} fault(s): ${faults.map(wordFault).join('; ')}`,
  }),
  'drawing-invalid': wordInvalid,
  'drawing-too-large': ({ bytesMax }) =>
    general(400, `The drawing would be larger than ${bytesMax} bytes`),
  'chart-archived': ({ chartKey }) => general(400, `The chart ${chartKey} is archived already`),
  'chart-not-archived': ({ chartKey }) => general(400, `The chart ${chartKey} is not archived`),
  'tag-not-found': ({ chartKey, tag }) =>
    general(404, `Tag not found: the chart ${chartKey} does not have the tag ${tag}`),
  'too-many-tags': ({ tagsMax }) => general(400, `A chart has at most ${tagsMax} tags`),
  'category-not-found': () => general(404, 'category not found'),
  'category-key-taken': ({ categoryKey }) =>
    general(400, `The chart has a category with the key ${categoryKey} already`),
  'too-many-categories': ({ categoriesMax }) =>
    general(400, `A chart has at most ${categoriesMax} categories`),
} as const satisfies {
  [Code in ChartCode | 'layout-not-found']: (
    refusal: RefusalOf<Code>,
    request: RequestFacts,
  ) => Wording
}

function general(status: number, message: string): Wording {
  return { status, code: 'GENERAL_ERROR', message }
}

/** Rules that only warn are told beside those that forbid. */
function wordInvalid({
  chartKey,
  version,
  errors,
  warnings,
}: RefusalOf<'drawing-invalid'>): Wording {
  const code = 'DRAWING_VALIDATION_FAILED'
  const [message, warning] =
    version === 'draft'
      ? [
          `Failed to publish chart [key: ${chartKey}]: invalid draft drawing`,
          'Invalid draft drawing',
        ]
      : [
          `Failed to create event for chart [key: ${chartKey}]: invalid published drawing`,
          'Invalid published drawing',
        ]
  const error = { status: 400, code, message, data: { failedValidations: errors } } as const
  if (warnings.length === 0) return error
  return {
    ...error,
    warning: { code, message: warning, data: { failedValidations: warnings } },
  }
}

const faultWords = {
  'duplicate-label': (label) => `duplicate label ${label}`,
  'missing-label': (label) => `missing label ${label}`,
  'label-too-long': (label) => `label too long: ${label}`,
  'label-malformed': (label) => `label is not well-formed text: ${label}`,
  'no-objects': () => 'no objects',
  'too-many-objects': () => 'more objects than a chart may hold',
  'too-much-text': () => 'more text than a chart may hold',
} as const satisfies Record<PublishFault['code'], (label: string) => string>

function wordFault(fault: PublishFault): string {
  return faultWords[fault.code]('label' in fault ? fault.label : '')
}
