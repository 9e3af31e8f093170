/** Wherever a page of ours might want something else from than where it is itself, the browser refuses. */
const directives = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

/** What pages may do: load files from where they are, and call the API there. Nothing that stands in a page is run or styles it. */
export const CONTENT_SECURITY_POLICY = policyOf({})

/** The same policy with some directives in other words. */
export function policyOf(changed: Partial<Record<keyof typeof directives, string>>): string {
  return Object.entries({ ...directives, ...changed })
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')
}
