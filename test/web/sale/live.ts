import { openSaleScene, type SaleScene, type Tab, type TabOptions } from './sale-scene.ts'

/** A tab that shows an event. */
export interface LiveTab extends Tab {
  /** Holds these seats, and waits for what comes of it. */
  readonly hold: (...labels: string[]) => ReturnType<Tab['sale']['hold']>
  /** Changes that were sent. */
  readonly posts: () => Tab['requests']
}

/** A scene with one such tab. */
export interface Live extends SaleScene, LiveTab {
  /** How the server has an object by now, whatever is shown. */
  readonly statusOf: (label: string) => Promise<string>
}

/** A line of a basket. */
export const line = (label: string, quantity = 1) => ({ label, quantity })

/** Opens a tab and waits until it shows the event. */
export async function openTab(scene: SaleScene, options?: TabOptions): Promise<LiveTab> {
  const tab = scene.open(options)
  tab.sale.start()
  await scene.pass(0)
  return {
    ...tab,
    hold: async (...labels) => {
      const asked = tab.sale.hold(labels.map((label) => line(label)))
      await scene.quiet()
      return asked
    },
    posts: () => tab.requests.filter(({ method }) => method === 'POST'),
  }
}

/** Opens a scene with one tab that shows its event. */
export async function openLive(options?: TabOptions, drawing?: object): Promise<Live> {
  const scene = await openSaleScene(drawing)
  const tab = await openTab(scene, options)
  const statusOf = async (label: string) => {
    const { body } = await scene.api(`GET /api/v1/events/${scene.eventKey}/status`)
    const objects = body['objects'] as { objectLabel: string; status: string }[]
    return objects.find(({ objectLabel }) => objectLabel === label)?.status ?? 'free'
  }
  return { ...scene, ...tab, statusOf }
}
