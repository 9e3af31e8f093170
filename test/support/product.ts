import { onTestFinished } from 'vitest'
import { spawnProduct, type Product, type Surroundings } from './spawn-product.ts'

export type { Product } from './spawn-product.ts'

/** Starts the product as a process of its own; it is killed after the test. */
export function startProduct(args: string[] = [], surroundings: Surroundings = {}): Product {
  const product = spawnProduct(args, surroundings)
  onTestFinished(() => void product.process.kill('SIGKILL'))
  return product
}
