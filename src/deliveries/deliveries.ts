import type { EventsConfig } from '../config/index.ts'
import type { Worker } from '../jobs/index.ts'
import { type CourierDeps, createCourier } from './courier.ts'

export interface DeliveriesDeps extends Omit<CourierDeps, 'retryMs' | 'random'> {
  readonly config: EventsConfig
  readonly randomBytes: (size: number) => Uint8Array
}

/** Tells every receiver of events, each at its own pace: one that is slow holds no other up. */
export function createDeliveries({ config, randomBytes, ...deps }: DeliveriesDeps): Worker {
  const rules = { retryMs: config.retryMs, random: () => toFraction(randomBytes(4)) }
  const couriers = config.receivers.map((receiver) =>
    createCourier(receiver, { ...deps, ...rules }),
  )

  return {
    start() {
      for (const courier of couriers) courier.start()
    },
    wake() {
      for (const courier of couriers) courier.wake()
    },
    async work() {
      await Promise.all(couriers.map((courier) => courier.work()))
    },
    async stop() {
      await Promise.all(couriers.map((courier) => courier.stop()))
    },
  }
}

function toFraction(bytes: Uint8Array): number {
  return Buffer.from(bytes).readUInt32BE() / 2 ** 32
}
