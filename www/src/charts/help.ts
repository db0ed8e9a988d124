/** What each chart is, how to read it and how it misleads: the "?" on each card. */

export interface Help {
  what: string;
  read: string;
  misleads: string;
}

export const HELP = {
  lead_time: {
    what: 'Each dot is a finished ticket: when it finished, and how long it took from opened to resolved.',
    read: 'Half of all tickets lie below the 50 % line, 85 of 100 below the 85 % line. A promise of that length would have been kept as often. Select a dot to see where that ticket waited.',
    misleads: 'It shows finished tickets only: while old tickets stay open, it looks better than it is. The scale is logarithmic, so each step up is many times longer; switch to linear to feel the long ones.',
  },
  lead_time_histogram: {
    what: 'How many tickets took how long, in bins that each last twice as long as the one before.',
    read: 'One hump means one kind of work. Two humps usually mean two: say, quick fixes and tickets that wait for somebody else.',
    misleads: 'The doubling bins make rare, very long tickets look close to the rest. The average is pulled up by them, so percentiles are printed instead.',
  },
  throughput: {
    what: 'Tickets opened and tickets resolved in each period.',
    read: 'Where more arrive than leave for weeks on end, the queue grows and everything takes longer. Pale bars are periods that the data covers only in part.',
    misleads: 'A ticket counts as one whatever its size. Many tickets resolved on one day may be a tidy-up, not work.',
  },
  wip: {
    what: 'How many tickets were open at each midnight.',
    read: 'A flat line means that work leaves as fast as it comes. A rising one means longer lead times soon.',
    misleads: 'The first weeks rise because tickets opened before the export begins are not in it. Exports of closed tickets only always fall to zero at the end.',
  },
  ageing: {
    what: 'Each mark is a ticket that is open now: its state and its age, against how long finished tickets took.',
    read: 'Marks above the 85 % line are already older than 85 of 100 finished tickets ever got. Look at those first.',
    misleads: '"Now" is the newest moment in the data, not today. Old marks can be tickets that were forgotten rather than worked on.',
  },
  handoffs: {
    what: 'Which team sent work to which. Left is the sender, right the receiver; a wider band means more handoffs.',
    read: 'Wide bands with long waits are where a shared channel or a swarm pays. "Sent back" counts work that returned to somebody who had it before.',
    misleads: 'A handoff is not bad in itself. Short hops may be a correct first sort; it is the wait after it that costs.',
  },
  comparison: {
    what: 'The selection of the page and another one on the same axes: which share of the finished tickets of each took how long, and every figure of both.',
    read: 'Where the two lines lie on each other, the two do not differ. The table says of each figure how large the difference is, within which bounds it lies, and whether the data are evidence of one at all.',
    misleads: 'A difference is not a cause: the two may have had other kinds of work. Of ten figures that do not differ, one or more look as if they did in two of five such tables.',
  },
} as const satisfies Record<string, Help>;

/** Whose help it is. */
export type Topic = keyof typeof HELP;
