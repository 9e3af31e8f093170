/** The names by which this machine reaches itself. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** Whether a request means this server by its `Host`. */
export type HostCheck = (host: string | undefined) => boolean

/**
 * Takes this machine's own names, whatever the port, and those given: a page from elsewhere, whose name was made to point here,
 * would otherwise speak to what only this machine should reach.
 */
export function hostsOf(names: readonly string[] = []): HostCheck {
  const known = new Set([...LOOPBACK, ...names.map((name) => name.toLowerCase())])
  return (host = '') => {
    const name = host.toLowerCase().replace(/:\d*$/, '')
    return known.has(name.endsWith('.') ? name.slice(0, -1) : name)
  }
}
