/** Wherever a page of ours might want something else from than where it is itself, the browser refuses. */
const sources = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
}

/** No text becomes markup or a program, whatever somebody has called a seat: browsers that know this refuse it before it happens. */
const textStaysText = ["require-trusted-types-for 'script'", "trusted-types 'none'"]

/** What pages may do: load files from where they are, and call the API there. Nothing that stands in a page is run or styles it. */
export const CONTENT_SECURITY_POLICY = [policyOf({}), ...textStaysText].join('; ')

/** For pages with programs of others: some sources in other words, and no word on what they do with texts. */
export function policyOf(changed: Partial<typeof sources>): string {
  return Object.entries({ ...sources, ...changed })
    .map(([name, source]) => `${name} ${source}`)
    .join('; ')
}
