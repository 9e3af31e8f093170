import type { Page } from 'playwright-core'
import { CONTENT_SECURITY_POLICY } from '../../../lib/http/page-policy.ts'
import type { Visitor } from './pages.ts'
import { keys } from './shop.ts'

const PATH = '/page-under-test'

/** Opens a page with nothing but the element, under the policy of our own pages. */
export async function openMap(
  { context, open }: Visitor,
  attributes: Readonly<Record<string, string | number>>,
): Promise<Page> {
  const all: Readonly<Record<string, string | number>> = { key: keys.publishable, ...attributes }
  const written = Object.entries(all).map(
    ([name, value]) => `${name}="${String(value).replaceAll('"', '&quot;')}"`,
  )
  await context.route(`**${PATH}`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY },
      body: `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Seats</title>
    <link rel="icon" href="/shop/icon.svg" type="image/svg+xml">
    <script type="module" src="/seat-map.js"></script>
  </head>
  <body><main><h1>Seats</h1><holdfast-seat-map ${written.join(' ')}></holdfast-seat-map></main></body>
</html>`,
    }),
  )
  return open(PATH)
}
