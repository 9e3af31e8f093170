import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core'
import { expect, inject } from 'vitest'
import { cleanUps } from '../../support/clean-ups.ts'

/** Where the product is. */
export const productUrl = inject('productUrl').replace(/\/$/, '')

/** What a test expects of the browser's own complaints, and how the browser is. */
export interface Opening extends BrowserContextOptions {
  /** Complaints that belong to the test: a refused hold is one. */
  readonly bears?: readonly RegExp[]
}

let connected: Promise<Browser> | undefined

/** A browser of its own, as of one person: storage, cookies and everything that went wrong in its pages. */
export interface Visitor {
  readonly context: BrowserContext
  /** Opens one more window. */
  readonly open: (path: string) => Promise<Page>
}

/**
 * Lets a person come; they leave after the test, which then fails if any of their pages complained, threw, was kept from something by
 * its policy, or asked another origin for anything.
 */
export async function visit({ bears = [], ...options }: Opening = {}): Promise<Visitor> {
  const browser = await (connected ??= chromium.connect(inject('browserUrl')))
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  const faults = watch(context)
  cleanUps.push(async () => {
    await context.close()
    expect(faults.filter((it) => !bears.some((known) => known.test(it)))).toEqual([])
  })
  return {
    context,
    open: async (path) => {
      const page = await context.newPage()
      await page.goto(new URL(path, productUrl).href)
      return page
    },
  }
}

function watch(context: BrowserContext): readonly string[] {
  const faults: string[] = []
  context.on('console', (message) => {
    if (!['error', 'warning'].includes(message.type())) return
    faults.push(`${message.type()}: ${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => {
    faults.push(`thrown: ${error.error().stack ?? String(error.error())}`)
  })
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin === productUrl || ['data:', 'blob:'].includes(protocol)) return
    faults.push(`asked elsewhere: ${request.url()}`)
  })
  return faults
}
