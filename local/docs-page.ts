import { readFile } from 'node:fs/promises'
import type { APIGatewayProxyResult } from 'aws-lambda'
import type { Route } from './router.ts'
import { DEMO_EVENT_KEY, demoKeys } from './seed-demo.ts'

const DOCUMENT = new URL('../docs/openapi/seatbuilder.json', import.meta.url)
const SWAGGER_UI = new URL('../node_modules/swagger-ui-dist/', import.meta.url)

/** Files of Swagger UI that the page loads; nothing else of the package, and nothing else on disk, is served. */
const assets: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

/** Assets change with an update of the package only. */
const ASSET_CACHING = 'public, max-age=3600'

/** Whatever the page might want from elsewhere, the browser refuses. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Holdfast API</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/page.css">
  </head>
  <body>
    <p class="demo">
      The demo keys are filled in, and the demo event is <code>${DEMO_EVENT_KEY}</code>: open an endpoint and press
      <b>Execute</b>.
    </p>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/page.js"></script>
  </body>
</html>
`

const pageStyle = `body { margin: 0 }
.demo { margin: 0; padding: 12px 20px; background: #e7f5ff; color: #1c3d5a; font: 15px/1.5 sans-serif; text-align: center }
.swagger-ui .info { margin: 30px 0 }
`

/** With both keys given, Swagger UI sends the secret one wherever it may. */
const pageScript = `const reference = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  validatorUrl: null,
  onComplete() {
    reference.preauthorizeApiKey('PublishableKey', '${demoKeys.publishable}')
    reference.preauthorizeApiKey('SecretKey', '${demoKeys.secret}')
  },
})
`

/**
 * The API's document at `/openapi.json`, and a page at `/docs` that shows it and calls this server with the demo keys. For a
 * server that only this machine reaches.
 */
export function docsRoutes(): Route[] {
  const files = Object.entries(assets).map(([name, type]) =>
    get(`/docs/${name}`, async () => asset(await readFile(new URL(name, SWAGGER_UI)), type)),
  )
  return [
    get('/openapi.json', async () => text(await readFile(DOCUMENT, 'utf8'), 'application/json')),
    get('/docs', () => Promise.resolve(text(page, 'text/html; charset=utf-8'))),
    get('/docs/page.css', () => Promise.resolve(text(pageStyle, 'text/css; charset=utf-8'))),
    get('/docs/page.js', () => Promise.resolve(text(pageScript, 'text/javascript; charset=utf-8'))),
    ...files,
  ]
}

function get(path: string, handler: () => Promise<APIGatewayProxyResult>): Route {
  return { method: 'GET', path, handler }
}

/** What changes with the sources: asked for anew each time. */
function text(body: string, type: string): APIGatewayProxyResult {
  return { statusCode: 200, headers: headersFor(type, 'no-cache'), body }
}

function asset(bytes: Buffer, type: string): APIGatewayProxyResult {
  return {
    statusCode: 200,
    headers: headersFor(type, ASSET_CACHING),
    body: bytes.toString('base64'),
    isBase64Encoded: true,
  }
}

function headersFor(type: string, caching: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Cache-Control': caching,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
  }
}
