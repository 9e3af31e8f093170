import { createServer } from 'node:http'
import { listen } from './http-server.ts'

/** Rejects at once where another program listens on a port, before the work whose end would be to hear so. */
export async function refuseTakenPort(port: number, host = '127.0.0.1'): Promise<void> {
  const server = createServer()
  await listen(server, host, port)
  await new Promise((resolve) => server.close(resolve))
}
