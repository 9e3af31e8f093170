import type { RefusalOf } from '../../refusals.ts'
import { tell, type OwnWords } from '../../refusals/refusal-table.ts'
import type { PublishFault } from '../../venue/validate-chart.ts'
import type { RequestFacts } from '../../http/surface.ts'
import type { Wording } from '../wording.ts'
import { pointTo } from '../explain.ts'
import { toSoldObjects } from './sold-translate.ts'

// How this surface words what charts refuse.

/** Words for what is refused of charts. */
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
  'chart-not-publishable': ({ faults, total }) => ({
    status: 400,
    code: 'DRAWING_VALIDATION_FAILED',
    message: `The drawing cannot be used, it has ${total} fault(s): ${faults.map(wordFault).join('; ')}`,
  }),
  'drawing-invalid': wordInvalid,
  'draft-changed': (refusal) => general(412, tell(refusal).message),
  'sold-objects-affected': (refusal) => ({
    ...general(400, tell(refusal).message),
    data: { soldObjects: toSoldObjects(refusal) },
  }),
  'category-unknown': ({ label, categoryKey, place }) => {
    const event = place === undefined ? [] : ['events', place]
    const message = `neither the event nor its chart has a category with the key ${categoryKey}`
    return general(400, pointTo({ path: [...event, 'objectCategories', label], message }))
  },
} as const satisfies OwnWords<Wording, [request: RequestFacts]>

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
  'category-key-unusable': (key) => `category key too long, or not well-formed text: ${key}`,
  'no-objects': () => 'no objects',
  'too-many-objects': () => 'more objects than a chart may hold',
  'too-much-text': () => 'more text than a chart may hold',
} as const satisfies Record<PublishFault['code'], (label: string) => string>

function wordFault(fault: PublishFault): string {
  return faultWords[fault.code]('label' in fault ? fault.label : '')
}
