import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda'
import { buildWeb, type WebFiles } from '../../infra/web-files.ts'
import { contentTag } from '../../lib/content-tag.ts'
import { asAsked } from '../../lib/http/as-asked.ts'
import { inWords } from '../plain-words.ts'
import { pageHeaders } from './page-headers.ts'
import type { Route } from './router.ts'

/** What shops of other origins load. */
const forEverybody = {
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

const SHARED = ['seat-map.js', 'chart.js']

/** What is served under a path of its own; all else of the shop and its back office is under their names. */
const pages: Readonly<Record<string, string>> = {
  '/seat-map.js': 'seat-map.js',
  '/chart.js': 'chart.js',
  '/office': 'office/index.html',
  '/queue': 'shop/queue.html',
}

/** The seat map with its shop as this machine serves them. */
export interface WebPages {
  readonly routes: readonly Route[]
  /** The shop's page, for `/`. */
  readonly front: (event: APIGatewayProxyEvent) => Promise<APIGatewayProxyResult>
}

/**
 * The seat map, the shop and its back office, built when the first of them is asked for. What cannot be built says why, to whoever
 * asked and in the log, and is tried again with the next request.
 */
export function webPages(
  log: (line: object) => void,
  build: () => Promise<WebFiles> = buildWeb,
): WebPages {
  let built: Promise<WebFiles> | undefined
  const files = () => (built ??= build())
  const serve = async (event: APIGatewayProxyEvent, name: string) => {
    try {
      return answerWith(event, await files(), name)
    } catch (error) {
      built = undefined
      const reason = inWords(error)
      log({ level: 'error', message: 'the seat map was not built', error: reason })
      return plain(500, `The seat map could not be built:\n\n${reason}\n`)
    }
  }
  const get = (path: string, nameOf: (event: APIGatewayProxyEvent) => string): Route => ({
    method: 'GET',
    path,
    handler: (event) => serve(event, nameOf(event)),
    isLight: true,
  })
  const inFolder = (folder: string) =>
    get(`/${folder}/{file}`, (event) => `${folder}/${event.pathParameters?.['file'] ?? ''}`)
  return {
    routes: [
      ...Object.entries(pages).map(([path, name]) => get(path, () => name)),
      ...['shop', 'office'].map(inFolder),
    ],
    front: (event) => serve(event, 'index.html'),
  }
}

/** Only what was built is served: a name is looked up, and never a path on this machine. */
function answerWith(
  event: APIGatewayProxyEvent,
  files: WebFiles,
  name: string,
): APIGatewayProxyResult {
  const file = files.get(name)
  if (file === undefined) return plain(404, 'There is no such file.\n')
  const { bytes, type } = file
  // Asked for anew each time, and sent only where it has changed.
  const headers = {
    ...pageHeaders(type, 'no-cache'),
    ...(SHARED.includes(name) && forEverybody),
    ETag: `"${contentTag(bytes)}"`,
  }
  const body = Buffer.from(bytes).toString('base64')
  return asAsked(event, { statusCode: 200, headers, body, isBase64Encoded: true })
}

function plain(statusCode: number, body: string): APIGatewayProxyResult {
  return { statusCode, headers: pageHeaders('text/plain; charset=utf-8', 'no-store'), body }
}
