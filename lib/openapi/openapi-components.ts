import type { oas31 } from 'zod-openapi'

/** What the library adds to the name of a schema that both requests and replies may use. */
const OUTPUT = 'Output'

/**
 * Gives replies their plain names, and puts the components in order. Of a named schema the library makes one component for
 * requests and, where replies differ, another called `…Output`: where no request refers to the first, the second takes its name.
 */
export function tidyComponents(document: oas31.OpenAPIObject): oas31.OpenAPIObject {
  const { schemas = {}, responses = {}, securitySchemes = {} } = document.components ?? {}
  const idle = Object.keys(schemas).filter((name) => `${name}${OUTPUT}` in schemas)
  const kept = Object.entries(schemas).filter(([name]) => !idle.includes(name))
  const components = {
    schemas: inOrder(kept),
    responses: inOrder(Object.entries(responses)),
    securitySchemes,
  }
  let text = JSON.stringify({ ...document, components })
  for (const name of idle) {
    if (text.includes(`"#/components/schemas/${name}"`)) throw new Error(`A request uses ${name}`)
    text = text.replaceAll(
      new RegExp(`"(#/components/schemas/)?${name}${OUTPUT}"`, 'g'),
      (_, prefix = '') => `"${prefix}${name}"`,
    )
  }
  return JSON.parse(text) as oas31.OpenAPIObject
}

function inOrder<T>(entries: [string, T][]): Record<string, T> {
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
