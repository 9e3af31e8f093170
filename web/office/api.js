// How the office asks the API. One of your own asks your server instead, which has the key.

/** May do everything. It is that of the demo, the same on every machine, and served by the local product alone. */
const SECRET_KEY = 'sk_test_holdfast_demo_secret_key'

/**
 * Calls either API of Holdfast: both take the key, each in its own way.
 *
 * @param {string} method
 * @param {string} path
 * @param {{ body?: object, headers?: Record<string, string> }} [more]
 */
export async function call(method, path, { body, headers } = {}) {
  const isSeatBuilder = path.startsWith('/api/')
  const key = isSeatBuilder
    ? { 'X-Api-Key': SECRET_KEY }
    : { Authorization: `Basic ${btoa(`${SECRET_KEY}:`)}` }
  const sent = body === undefined ? {} : { 'Content-Type': 'application/json' }
  const response = await fetch(path, {
    method,
    headers: { ...key, ...sent, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const { ok, status } = response
  return { ok, status, tag: response.headers.get('ETag') ?? '', answer: parsed(text) }
}

/**
 * What stands between the API and us may answer in a way of its own.
 *
 * @param {string} text
 */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
