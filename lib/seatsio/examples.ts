import type { Examples } from '../openapi/surface-document.ts'
import { accountExamples } from './examples/accounts.ts'
import { chartExamples } from './examples/charts.ts'
import { eventExamples } from './examples/events.ts'
import { groupExamples } from './examples/group-changes.ts'
import { holdTokenExamples } from './examples/hold-tokens.ts'
import { logExamples } from './examples/logs.ts'
import { objectExamples } from './examples/objects.ts'
import { statusExamples } from './examples/status-changes.ts'
import { workspaceExamples } from './examples/workspaces.ts'

/** Requests that work one after the other, by endpoint, with their answers. */
export const examples: Record<string, Examples> = {
  ...workspaceExamples,
  ...chartExamples,
  ...eventExamples,
  ...holdTokenExamples,
  ...statusExamples,
  ...groupExamples,
  ...objectExamples,
  ...logExamples,
  ...accountExamples,
}
