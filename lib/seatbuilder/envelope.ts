import type { Answer, InputIssue } from '../http/surface.ts'

/** The standard error. */
export function envelope(statusCode: number, message: string, rest: object = {}): Answer {
  return { status: statusCode, body: { statusCode, message, ...rest } }
}

/** What is wrong with a request, by its fields. */
export function invalid(issues: readonly InputIssue[]): Answer {
  const errors = new Map<string, string[]>()
  for (const { path, message } of issues) {
    const field = path.length === 0 ? '_root' : path.join('.')
    errors.set(field, [...(errors.get(field) ?? []), message])
  }
  return envelope(400, 'Validation failed', { errors: Object.fromEntries(errors) })
}
