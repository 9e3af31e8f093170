import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { spawnProduct } from '../../support/spawn-product.ts'
import { findChromium } from '../find-chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the product is. */
    readonly productUrl: string
    /** Where the browser is driven. */
    readonly browserUrl: string
  }
}

/** What Chromium need not do by itself while pages are looked at. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Containers have little of what it would take.
  '--disable-dev-shm-usage',
]

/** Starts the product and a browser, once for all tests. Refuses to go on without a Chromium. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const executablePath = findChromium(process.env)
  if (executablePath === undefined) {
    process.stderr.write(
      'There is no Chromium: install it (apt-get install chromium), or name it in CHROMIUM.\n',
    )
    process.exit(1)
  }
  const product = spawnProduct()
  const url = await product.url
  if (url === undefined) throw new Error(`The product did not start:\n${product.output()}`)
  const server = await chromium.launchServer({ executablePath, args: QUIET })
  provide('productUrl', url)
  provide('browserUrl', server.wsEndpoint())
  return async () => {
    await server.close()
    product.process.kill('SIGTERM')
    await product.ended
  }
}
