import type { oas31 } from 'zod-openapi'

/**
 * Tells the defaults of a body's fields in words. Some generators of clients take a field with a `default` for one that is always
 * there, so that a caller could not leave it out; parameters keep theirs.
 */
export function tellDefaults(document: oas31.OpenAPIObject): oas31.OpenAPIObject {
  const { schemas = {}, ...components } = document.components ?? {}
  const told = JSON.parse(JSON.stringify(schemas), (_, value: unknown) =>
    isField(value) ? inWords(value) : value,
  ) as typeof schemas
  return { ...document, components: { ...components, schemas: told } }
}

interface Field {
  readonly default: unknown
  readonly description?: string
}

function isField(value: unknown): value is Field {
  if (typeof value !== 'object' || value === null || !('default' in value)) return false
  // Not a list of properties, one of which is called so.
  return typeof value.default !== 'object' || Array.isArray(value.default)
}

function inWords({ default: otherwise, description, ...schema }: Field): object {
  const words = `\`${JSON.stringify(otherwise)}\` unless given.`
  return { ...schema, description: description === undefined ? words : `${description} ${words}` }
}
