import { CONTENT_SECURITY_POLICY, policyOf } from '../../lib/http/page-policy.ts'

/** Swagger UI writes styles and pictures into its page. */
export const REFERENCE_POLICY = policyOf({
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data:",
})

/** The headers of a page for people, and of what it loads. */
export function pageHeaders(
  type: string,
  caching: string,
  policy: string = CONTENT_SECURITY_POLICY,
): Record<string, string> {
  return {
    'Content-Type': type,
    'Cache-Control': caching,
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  }
}
