/** What each chart is, how to read it, how it misleads and how it is computed: the "?" on each card. */

export interface Help {
  what: string;
  read: string;
  misleads: string;
  /** The arithmetic in one line, with its source where it has one. */
  formula: string;
}

export const HELP = {
  lead_time: {
    what: 'Each dot is a finished ticket: when it finished, and how long it took from opened to resolved.',
    read: 'Half of all tickets lie below the 50 % line, 85 of 100 below the 85 % line. A promise of that length would have been kept as often. Select a dot to see where that ticket waited.',
    misleads: 'It shows finished tickets only: while old tickets stay open, it looks better than it is. The scale is logarithmic, so each step up is many times longer; switch to linear to feel the long ones.',
    formula: 'Lead time = resolved - opened. The p % line stands at rank 1 + (n - 1) p / 100 of the sorted times, between two tickets in proportion (Hyndman & Fan 1996, type 7).',
  },
  lead_time_histogram: {
    what: 'How many tickets took how long, in bins that each last twice as long as the one before.',
    read: 'One hump means one kind of work. Two humps usually mean two: say, quick fixes and tickets that wait for somebody else.',
    misleads: 'The doubling bins make rare, very long tickets look close to the rest. The average is pulled up by them, so percentiles are printed instead.',
    formula: 'A bin counts the finished tickets with from <= resolved - opened < to, where to = 2 from.',
  },
  fits: {
    what: 'How many finished tickets took how long, in bins that each last twice as long as the one before; and, where you ask for them, two curves that such times often follow.',
    read: 'One hump means one kind of work, two humps usually two. A curve that runs along the tops of the bars fits; where the bars stand clear of both curves, the times are a mixture that no single curve describes.',
    misleads: 'A curve is a picture, never the answer: all figures on this page come from the tickets themselves. With many tickets even a fit that is good enough to the eye is refuted; with few, almost any passes.',
    formula: 'Lognormal: ln t is normal with mean mu and deviation sigma. Weibull: S(t) = exp(-(t / scale)^shape). Both by maximum likelihood, open tickets counting as "longer than this". A² = the Anderson-Darling distance; p = the share of samples, drawn from the curve itself and fitted again, that fit no better.',
  },
  survival: {
    what: 'The share of tickets that are not done yet, by the time since they were opened. Tickets that are still open count for as long as they were seen.',
    read: 'Where the line has come down to 15 %, 85 of 100 are done: the filled diamond. The circle beside it is the same percentile of finished tickets alone. A diamond to the right of its circle means that finished tickets flatter.',
    misleads: 'It takes for granted that tickets still open would have gone on like the others. Far to the right only few tickets are left, so that the band widens and each one makes a large step.',
    formula: 'S(t) = product over all times t_i <= t of (1 - finished at t_i / still there just before t_i) (Kaplan & Meier 1958), with late entry; band: 95 %, log-log, Greenwood (1926).',
  },
  throughput: {
    what: 'Tickets opened and tickets resolved in each period.',
    read: 'Where more arrive than leave for weeks on end, the queue grows and everything takes longer. Pale bars are periods that the data covers only in part.',
    misleads: 'A ticket counts as one whatever its size. Many tickets resolved on one day may be a tidy-up, not work.',
    formula: 'Arrivals = tickets opened in the period; departures = tickets resolved in it; net = arrivals - departures - cancelled. Index of dispersion = variance / mean of daily counts (Cox & Lewis 1966).',
  },
  wip: {
    what: 'How many tickets were open at each midnight, or how old all of them were together.',
    read: 'A flat line means that work leaves as fast as it comes. A rising one means longer lead times soon. Where the age rises while the number stays, old tickets are left lying.',
    misleads: 'The first weeks rise because tickets opened before the export begins are not in it. Exports of closed tickets only always fall to zero at the end.',
    formula: 'Work in progress at t = tickets opened by t and not resolved by t. Total age = sum over them of (t - opened). Stability = arrivals per day x mean lead time / average work in progress, 1 where all is steady (Little 1961).',
  },
  ageing: {
    what: 'Each mark is a ticket that is open now: its state and its age, against how long finished tickets took.',
    read: 'Marks above the 85 % line are already older than 85 of 100 finished tickets ever got. The bands say the same for each state: a mark above the 85 % edge is later than 85 of 100 finished tickets were when they left that state for good. Look at those first.',
    misleads: '"Now" is the newest moment in the data, not today. Old marks can be tickets that were forgotten rather than worked on. Bands rest on finished tickets only.',
    formula: 'Age = as-of - opened. Band of a state = percentiles of (last exit of it - opened) of finished tickets, raised where a later state would be younger than an earlier one.',
  },
  cfd: {
    what: 'Cumulative flow: how many tickets had ever come at least as far as each stage, day by day. The height of a band is how many were in that stage.',
    read: 'Bands that stay equally high are steady flow. A band that swells is where work piles up. The distance to the right, from one edge to the next, is about how long tickets took through that band.',
    misleads: 'Tickets that go back a stage stay in the furthest band that they had reached, so that edges never fall: the strips above, named with their number, mark the times in which a band is higher than the work really was. Averages read off it say nothing of single tickets.',
    formula: 'Edge of stage k on day d = tickets whose furthest stage by the midnight that ends d is at least k.',
  },
  process_behaviour: {
    what: 'One figure, period by period, with the limits within which it moves by chance alone (XmR chart). Below it the step from each period to the next.',
    read: 'Between the limits every up and down is noise: asking for its reason is a waste. Triangles lie beyond a limit, squares are three of four near one, diamonds eight in a row on one side: there something changed.',
    misleads: 'Limits say what the process does, not what anybody wants. Under 20 points they still move. Counts that fall to 0 and seasons that come back each year break the rules.',
    formula: 'Limits = mean +- 2.660 x mean moving range, range limit = 3.268 x it; from medians 3.145 and 3.865; the lower limit is never below 0 (Wheeler 2000).',
  },
  handoffs: {
    what: 'Which team sent work to which. Left is the sender, right the receiver; a wider band means more handoffs. The table below is a price list: what each of them costs in waiting.',
    read: 'Wide bands with long waits are where a shared channel or a swarm pays. "Came back" counts work that returned to somebody who had it before, "straight back" what the receiver gave back at once. The share is of all lead time: it says what the pair costs in all.',
    misleads: 'A handoff is not bad in itself. Short hops may be a correct first sort; it is the wait after it that costs.',
    formula: 'Queued = from the transfer until somebody holds the ticket in a state that is no queue, holds taken out, at most until the next transfer. Interval: weeks drawn anew, 95 % (Künsch 1989).',
  },
  deployments: {
    what: 'Deployments to production week by week: those that count, and on top of them those that failed; and other figures of deployments and changes week by week, with the limits within which they move by chance alone.',
    read: 'A week within the limits needs no explanation. A triangle marks a week that stands out. Many small bars are better than few tall ones: what goes out in small pieces is easier to mend.',
    misleads: 'A week with many deployments is not a good week in itself: repairs are deployments too. Weeks at both ends of the window are pale, since only a part of them was seen. Limits under 20 weeks still move.',
    formula: 'Limits = mean +- 2.660 x mean moving range of the weeks (from medians 3.145), never below 0 (Wheeler 2000).',
  },
  forecast: {
    what: 'Two answers from how many tickets were finished on each day so far, if days go on like that: the chance of at least so many by a date, and the chance that so many more are finished by each date.',
    read: 'The higher the certainty, the smaller the number and the later the date: what stands at "85 %" would come true in 85 of 100 futures. Promise that one, not the one in the middle.',
    misleads: 'It knows only the past: holidays, new people and a change of what comes in are not in it. It counts any tickets that are finished, not these ones: where new ones overtake old ones, the old ones take longer.',
    formula: 'Days of the past are drawn with replacement and added up: exactly, by convolution of the distribution of a day with itself, and once more by a seeded bootstrap (Efron 1979).',
  },
  swarm_times: {
    what: 'The replayed lead times of the desk as it is and of each other way of working: which share of the same tickets is done within how long.',
    read: 'A line that lies higher is faster. Where two lines cross, one is better for short tickets and the other for long ones: the mean does not tell you that.',
    misleads: 'All lines are simulated, the one of the desk as it is too. They are the means of several draws of the work and have no interval here: the bars in the card above have it.',
    formula: 'Share = scored tickets whose replayed lead time lies below the end of the bin / all scored tickets, unfinished ones included.',
  },
  comparison: {
    what: 'The selection of the page and another one on the same axes: which share of the finished tickets of each took how long, and every figure of both.',
    read: 'Where the two lines lie on each other, the two do not differ. The table says of each figure how large the difference is, within which bounds it lies, and whether the data are evidence of one at all.',
    misleads: 'A difference is not a cause: the two may have had other kinds of work. Of ten figures that do not differ, one or more look as if they did in two of five such tables.',
    formula: 'Difference = this - other. Interval: whole weeks of both sides drawn anew, 1,000 times, and the middle 95 % of the differences (Künsch 1989). No evidence = the interval holds 0.',
  },
} as const satisfies Record<string, Help>;

/** Whose help it is. */
export type Topic = keyof typeof HELP;
