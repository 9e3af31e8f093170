import type { oas31 } from 'zod-openapi'

/** How deep each section of a document is broken into lines: a path, a component, a notice is one line each. */
const depths: Readonly<Partial<Record<string, number>>> = {
  paths: 1,
  webhooks: 1,
  components: 2,
  tags: 1,
}

/**
 * The text of a document as it is kept: JSON with one line for each path and each component, so that a change of one call is a
 * change of one line, and of few.
 */
export function writeOpenApi(document: oas31.OpenAPIObject): string {
  const sections = Object.entries(document).map(
    ([name, value]) => `${JSON.stringify(name)}: ${broken(value, depths[name] ?? 0)}`,
  )
  return `{\n${sections.join(',\n')}\n}\n`
}

function broken(value: unknown, depth: number): string {
  if (depth === 0 || typeof value !== 'object' || value === null) return JSON.stringify(value)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const lines = Object.entries(value).map(([name, child]) => {
    const text = broken(child, depth - 1)
    return Array.isArray(value) ? text : `${JSON.stringify(name)}: ${text}`
  })
  return `${open ?? ''}\n${lines.join(',\n')}\n${close ?? ''}`
}
