import { readFile } from 'node:fs/promises'
import type { APIGatewayProxyResult } from 'aws-lambda'
import { pageHeaders, REFERENCE_POLICY } from './page-headers.ts'
import type { Route } from './router.ts'
import { DEMO_EVENT_KEY, demoKeys } from '../demo/seed-demo.ts'

const SWAGGER_UI = new URL('../../node_modules/swagger-ui-dist/', import.meta.url)

/** Files of Swagger UI that the page loads; nothing else of the package, and nothing else on disk, is served. */
const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

/** Assets change with an update of the package only. */
const ASSET_CACHING = 'public, max-age=3600'

/** One API, and the page that shows it. */
interface Page {
  readonly path: string
  readonly title: string
  readonly script: string
  /** Where its document is served, and the file that it is. */
  readonly document: string
  readonly file: URL
  /** Fills in the demo keys. */
  readonly authorize: string
}

const pages: readonly Page[] = [
  {
    path: '/docs',
    title: 'SeatBuilder',
    script: '/docs/page.js',
    document: '/openapi.json',
    file: new URL('../../docs/openapi/seatbuilder.json', import.meta.url),
    // With both keys given, Swagger UI sends the secret one wherever it may.
    authorize: `reference.preauthorizeApiKey('PublishableKey', '${demoKeys.publishable}')
    reference.preauthorizeApiKey('SecretKey', '${demoKeys.secret}')`,
  },
  {
    path: '/docs/seatsio',
    title: 'seats.io',
    script: '/docs/seatsio.js',
    document: '/openapi-seatsio.json',
    file: new URL('../../docs/openapi/seatsio.json', import.meta.url),
    authorize: `reference.preauthorizeBasic('SecretKey', '${demoKeys.seatsio}', '')
    reference.preauthorizeBasic('AdminKey', '${demoKeys.admin}', '')
    reference.preauthorizeBasic('SystemSecret', '${demoKeys.system}', '')`,
  },
]

const links = pages.map(({ path, title }) => `<a href="${path}">${title}</a>`).join(' · ')

function pageText({ title, script }: Page): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Holdfast API: ${title}</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/page.css">
  </head>
  <body>
    <p class="demo">
      The API in the language of ${links}. The demo keys are filled in, and the demo event is
      <code>${DEMO_EVENT_KEY}</code>: open an endpoint and press <b>Execute</b>. From top to bottom, the examples work.
    </p>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="${script}"></script>
  </body>
</html>
`
}

const pageStyle = `body { margin: 0 }
.demo { margin: 0; padding: 12px 20px; background: #e7f5ff; color: #1c3d5a; font: 15px/1.5 sans-serif; text-align: center }
.swagger-ui .info { margin: 30px 0 }
`

function scriptText({ document, authorize }: Page): string {
  return `const reference = SwaggerUIBundle({
  url: '${document}',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  operationsSorter: (a, b) => a.getIn(['operation', 'x-story-place']) - b.getIn(['operation', 'x-story-place']),
  validatorUrl: null,
  onComplete() {
    ${authorize}
  },
})
`
}

/**
 * The documents of both APIs at `/openapi.json` and `/openapi-seatsio.json`, and a page for each under `/docs` that shows it and
 * calls this server with a demo key. For a server that only this machine reaches.
 */
export function docsRoutes(): Route[] {
  const files = Object.entries(assets).map(([name, type]) =>
    get(`/docs/${name}`, async () => asset(await readFile(new URL(name, SWAGGER_UI)), type)),
  )
  return [
    ...pages.flatMap(routesOf),
    get('/docs/page.css', () => Promise.resolve(text(pageStyle, 'text/css; charset=utf-8'))),
    ...files,
  ]
}

function routesOf(page: Page): Route[] {
  const { path, script, document, file } = page
  const [html, javaScript] = ['text/html; charset=utf-8', 'text/javascript; charset=utf-8']
  return [
    get(document, async () => text(await readFile(file, 'utf8'), 'application/json')),
    // With a slash behind it people mean the same.
    ...[path, `${path}/`].map((at) => get(at, () => Promise.resolve(text(pageText(page), html)))),
    get(script, () => Promise.resolve(text(scriptText(page), javaScript))),
  ]
}

function get(path: string, handler: () => Promise<APIGatewayProxyResult>): Route {
  return { method: 'GET', path, handler, isLight: true }
}

/** What changes with the sources: asked for anew each time. */
function text(body: string, type: string): APIGatewayProxyResult {
  return { statusCode: 200, headers: pageHeaders(type, 'no-cache', REFERENCE_POLICY), body }
}

function asset(bytes: Buffer, type: string): APIGatewayProxyResult {
  return {
    statusCode: 200,
    headers: pageHeaders(type, ASSET_CACHING, REFERENCE_POLICY),
    body: bytes.toString('base64'),
    isBase64Encoded: true,
  }
}
