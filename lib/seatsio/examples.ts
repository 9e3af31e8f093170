import type { Examples } from '../http/surface-document.ts'
import { chartExamples } from './examples/charts.ts'
import { eventExamples } from './examples/events.ts'
import { workspaceExamples } from './examples/workspaces.ts'

/** Requests that work one after the other, by endpoint, with their answers. */
export const examples: Record<string, Examples> = {
  ...workspaceExamples,
  ...chartExamples,
  ...eventExamples,
}
