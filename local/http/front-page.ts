import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { pageHeaders } from './page-headers.ts'
import type { Route } from './router.ts'
import type { WebPages } from './web-pages.ts'
import { DEMO_EVENT_KEY, DEMO_SEAT, demoKeys } from '../demo/seed-demo.ts'

const STYLE_PATH = '/docs/front.css'

/**
 * What `/` answers: to a browser the shop, to everything else what runs here, as JSON. The same for developers to read, with first
 * requests to paste, is at `/start`. Both know the demo keys, so they are for a server that only this machine reaches.
 */
export function frontRoutes({ routes, front: shop }: WebPages): Route[] {
  return [
    ...routes,
    get('/', (event) => front(event, shop)),
    get('/start', (event) =>
      Promise.resolve(answer('text/html; charset=utf-8', pageText(escaped(originOf(event))))),
    ),
    get(STYLE_PATH, () => Promise.resolve(answer('text/css; charset=utf-8', style))),
  ]
}

function get(path: string, handler: Route['handler']): Route {
  return { method: 'GET', path, handler, isLight: true }
}

async function front(
  event: APIGatewayProxyEvent,
  shop: WebPages['front'],
): Promise<APIGatewayProxyResult> {
  // Browsers name HTML; programs take anything, or JSON.
  const isPerson = (headerOf(event, 'accept') ?? '').toLowerCase().includes('text/html')
  const result = isPerson
    ? await shop(event)
    : answer('application/json', `${JSON.stringify(describe(originOf(event)), null, 2)}\n`)
  return { ...result, headers: { ...result.headers, Vary: 'Accept' } }
}

function originOf(event: APIGatewayProxyEvent): string {
  return `http://${headerOf(event, 'host') ?? 'localhost'}`
}

function headerOf({ headers }: APIGatewayProxyEvent, wanted: string): string | undefined {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1]
}

function answer(type: string, body: string): APIGatewayProxyResult {
  return { statusCode: 200, headers: pageHeaders(type, 'no-cache'), body }
}

function describe(origin: string) {
  return {
    name: 'Holdfast',
    apis: [
      { name: 'SeatBuilder', reference: `${origin}/docs`, openapi: `${origin}/openapi.json` },
      {
        name: 'seats.io',
        reference: `${origin}/docs/seatsio`,
        openapi: `${origin}/openapi-seatsio.json`,
      },
    ],
    health: `${origin}/health`,
    pages: { shop: `${origin}/`, office: `${origin}/office`, start: `${origin}/start` },
    demo: { eventKey: DEMO_EVENT_KEY, keys: demoKeys },
  }
}

/** Whatever a caller sent is text on the page. */
function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }
  return text.replace(/[&<>"]/g, (sign) => `&${names[sign] ?? ''};`)
}

function pageText(origin: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Holdfast runs here</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="${STYLE_PATH}">
  </head>
  <body>
    <main>
      <h1>Holdfast runs here</h1>
      <p>
        It holds, extends, books and releases seats, all or nothing. A demo theatre of some 3,000 seats has one event,
        <code>${DEMO_EVENT_KEY}</code>, of which some seats are sold and some are held.
      </p>
      <h2>Look at the seat map</h2>
      <ul>
        <li><a href="/">A shop</a> that sells the demo event, and <a href="/office">its back office</a>: plain pages, to be copied</li>
        <li>The seat map itself: <a href="/seat-map.js">seat-map.js</a>, and <a href="/chart.js">chart.js</a> for front-ends of seats.io</li>
      </ul>
      <h2>Look at the API</h2>
      <ul>
        <li><a href="/docs">The API of SeatBuilder</a>, which is also Holdfast’s own: every call, to be tried in the browser</li>
        <li><a href="/docs/seatsio">The API of seats.io</a>, the same way</li>
        <li>As documents: <a href="/openapi.json">openapi.json</a>, <a href="/openapi-seatsio.json">openapi-seatsio.json</a></li>
        <li><a href="/health">Is it well?</a></li>
      </ul>
      <h2>Hold a seat</h2>
      <p>Paste this into a terminal:</p>
      <pre tabindex="0" role="region" aria-label="A command that holds a seat">curl -X POST ${origin}/api/v1/events/${DEMO_EVENT_KEY}/seats/hold \\
  -H 'X-Api-Key: ${demoKeys.publishable}' \\
  -d '{"objectLabel": "${DEMO_SEAT}", "holdToken": "my-first-hold"}'</pre>
      <p>And see what is taken:</p>
      <pre tabindex="0" role="region" aria-label="A command that shows what is taken">curl ${origin}/api/v1/events/${DEMO_EVENT_KEY}/status \\
  -H 'X-Api-Key: ${demoKeys.secret}'</pre>
      <p>The whole buying flow, a venue of your own and webhooks are in the README.</p>
      <h2>The demo keys</h2>
      <p>They are the same on every machine, and this server answers to this machine only. <code>npm run keys</code> makes others.</p>
      <dl>
        <dt>Secret, for your server</dt>
        <dd><code>${demoKeys.secret}</code></dd>
        <dt>Publishable, for browsers</dt>
        <dd><code>${demoKeys.publishable}</code></dd>
        <dt>seats.io secret, as the user name of Basic</dt>
        <dd><code>${demoKeys.seatsio}</code></dd>
        <dt>seats.io admin key of the company, likewise</dt>
        <dd><code>${demoKeys.admin}</code></dd>
        <dt>Secret of the system, likewise, with which seats.io libraries make companies for tests</dt>
        <dd><code>${demoKeys.system}</code></dd>
      </dl>
    </main>
  </body>
</html>
`
}

const style = `body { margin: 0; background: #f8f9fa; color: #212529; font: 17px/1.6 system-ui, sans-serif }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem }
h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2 }
h2 { margin: 2rem 0 .5rem; font-size: 1.25rem }
a { color: #1558b0 }
code, pre { font: 14px/1.6 ui-monospace, monospace }
pre { margin: 0; padding: 1rem; overflow-x: auto; background: #1c2733; color: #f1f3f5; border-radius: 6px }
a:focus-visible, pre:focus-visible { outline: 3px solid #1558b0; outline-offset: 2px }
dt { margin-top: .5rem }
dd { margin: 0 }
dd code { overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) {
  body { background: #14181d; color: #e9ecef }
  a { color: #8ab8ff }
  a:focus-visible, pre:focus-visible { outline-color: #8ab8ff }
}
`
