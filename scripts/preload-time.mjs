// node --import scripts/preload-time.mjs dist/index.js
//
// Makes time pass TIME_SCALE times faster for the unmodified program: timers are shorter, and the clocks run faster from
// TIME_ORIGIN (ms since 1970) on, where both times meet. The local AWS does the same with its timeScale and timeOrigin.
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import timers from 'node:timers'

const scale = Number(process.env.TIME_SCALE ?? 1)
const origin = Number(process.env.TIME_ORIGIN ?? Date.now())

const realNow = Date.now
const realElapsed = performance.now.bind(performance)
const scaledNow = () => Math.round(origin + (realNow() - origin) * scale)

globalThis.Date = class ScaledDate extends Date {
  constructor(...parts) {
    if (parts.length === 0) super(scaledNow())
    else super(...parts)
  }

  static now() {
    return scaledNow()
  }
}
performance.now = () => realElapsed() * scale

const { setTimeout: realTimeout, setInterval: realInterval } = globalThis
const shorter = (start) => {
  const scaled = (callback, ms, ...parts) => start(callback, ms / scale, ...parts)
  return Object.defineProperties(scaled, Object.getOwnPropertyDescriptors(start))
}
globalThis.setTimeout = shorter(realTimeout)
globalThis.setInterval = shorter(realInterval)
timers.setTimeout = globalThis.setTimeout
timers.setInterval = globalThis.setInterval

const { setTimeout: realSocketTimeout } = Socket.prototype
Socket.prototype.setTimeout = function (ms, ...rest) {
  return realSocketTimeout.call(this, ms / scale, ...rest)
}
syncBuiltinESMExports()
