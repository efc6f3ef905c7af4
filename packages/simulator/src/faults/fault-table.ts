import { bodyFaults } from './body-faults.js'
import { dialectFaults } from './dialect-faults.js'
import { endingFaults } from './ending-faults.js'
import { errorFrameFaults } from './error-frame-faults.js'
import type { Fault } from './fault.js'
import { framingFaults } from './framing-faults.js'
import { statusFaults } from './status-faults.js'
import { volumeFaults } from './volume-faults.js'
import { waitingFaults } from './waiting-faults.js'

/**
 * All faults by name. Several faults of one request are applied in this order, from what is said to how it is put into
 * bytes, whatever the order in which they were asked for.
 */
export const faultTable: Readonly<Record<string, Fault>> = {
  ...dialectFaults,
  ...bodyFaults,
  ...errorFrameFaults,
  ...volumeFaults,
  ...waitingFaults,
  ...endingFaults,
  ...framingFaults,
  ...statusFaults,
}
