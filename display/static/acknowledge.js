// Telling the server that this wall shows a call. Two hundred walls must not all answer at once, so each waits a random
// moment and says everything since in one message.

const SOONEST_MS = 300;
const LATEST_MS = 2_500;

export class Acknowledge {
  /** `send(seqs)` */
  constructor(send) {
    this.send = send;
    this.seqs = null;
  }

  /** This call is on the screen; without one: the board is. */
  note(seq = null) {
    if (this.seqs === null) {
      this.seqs = new Set();
      setTimeout(() => {
        const seqs = [...this.seqs];
        this.seqs = null;
        this.send(seqs);
      }, SOONEST_MS + Math.random() * (LATEST_MS - SOONEST_MS));
    }
    if (seq !== null) this.seqs.add(seq);
  }
}
