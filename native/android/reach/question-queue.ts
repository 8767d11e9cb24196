import { serviceOf, type Question } from './questions.ts';

/**
 * The questions that wait to be asked, the most urgent first. A phone makes one dump of a service at a time, so two of one are not given
 * out at once; where a service has let its time pass, the others of it wait for it no longer.
 */
export class QuestionQueue {
  private waiting: Question[];
  private readonly busy = new Set<string>();
  private readonly hung = new Set<string>();

  constructor(questions: readonly Question[]) {
    this.waiting = [...questions];
  }

  get length(): number {
    return this.waiting.length;
  }

  /** The next ones for one shell; none of a service that is being asked. */
  take(size: number): Question[] {
    const share: Question[] = [];
    const others = new Set(this.busy);
    for (const question of this.waiting) {
      if (share.length >= size) break;
      const service = serviceOf(question);
      if (service !== null && others.has(service) && !this.hung.has(service)) continue;
      share.push(question);
      if (service !== null) this.busy.add(service);
    }
    for (const question of share) this.waiting.splice(this.waiting.indexOf(question), 1);
    return share;
  }

  /** They are asked by nobody any more. */
  done(questions: readonly Question[]): void {
    for (const question of questions) this.busy.delete(serviceOf(question) ?? '');
  }

  /** They were not asked, and are the next. */
  giveBack(questions: readonly Question[]): void {
    this.done(questions);
    this.waiting.unshift(...questions);
  }

  /** It has had its time. */
  letPass(question: Question): void {
    const service = serviceOf(question);
    if (service !== null) this.hung.add(service);
  }

  add(questions: readonly Question[], inOrder: (all: readonly Question[]) => Question[]): void {
    if (questions.length > 0) this.waiting = inOrder([...this.waiting, ...questions]);
  }
}
