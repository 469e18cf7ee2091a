import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../server/src/protocol/generated';
import { RunFollower } from '../../server/src/protocol/run-follower';
import { foldEvents } from '../../server/src/protocol/run-view';
import { wholeRun } from '../webview/synthetic-run';

const EVENTS = wholeRun();
const WHOLE = foldEvents(EVENTS);

/** A follower whose questions wait in a list until they are answered. */
function follower(log: readonly RunEvent[] = EVENTS) {
  const questions: number[] = [];
  const heard: number[] = [];
  const follower = new RunFollower(
    (from) => questions.push(from),
    ({ seq }) => heard.push(seq),
  );
  const answerAll = (upTo = log.length) => {
    while (questions.length > 0) follower.answer(log.slice(questions.shift(), upTo));
  };
  return { follower, questions, heard, answerAll };
}

describe('following a run', () => {
  test('an event of a newer engine is passed over, and what follows is not', () => {
    const { follower: followed } = follower();
    const unknown = { event: 'from-the-future', seq: 10, time: '' } as unknown as RunEvent;
    const later = EVENTS.slice(10).map((event) => ({ ...event, seq: event.seq + 1 }));
    followed.accept([...EVENTS.slice(0, 10), unknown, ...later]);
    expect({ ...followed.view, nextSeq: 0 }).toMatchObject({
      legs: foldEvents([...EVENTS.slice(0, 10), unknown, ...later]).legs,
      status: WHOLE.status,
      report: WHOLE.report,
    });
    expect(followed.view.nextSeq).toBe(WHOLE.nextSeq + 1);
  });

  test('events in order need no question', () => {
    const { follower: followed, questions } = follower();
    for (const event of EVENTS) followed.accept([event]);
    expect(followed.view).toEqual(WHOLE);
    expect(questions).toEqual([]);
  });

  test('a late comer asks once for what it missed, and not again while it waits', () => {
    const { follower: followed, questions, heard, answerAll } = follower();
    followed.accept(EVENTS.slice(50, 60));
    followed.accept(EVENTS.slice(60, 70));
    expect(questions).toEqual([0]);
    answerAll();
    expect(followed.view).toEqual(WHOLE);
    expect(heard).toEqual(EVENTS.map(({ seq }) => seq));
  });

  test('what the stream brought while an answer was under way is asked for again', () => {
    const { follower: followed, questions, answerAll } = follower();
    followed.catchUp();
    followed.accept(EVENTS.slice(40));
    questions.length = 0;
    followed.answer(EVENTS.slice(0, 40));
    expect(questions).toEqual([40]);
    answerAll();
    expect(followed.view).toEqual(WHOLE);
  });

  test('an empty answer is no reason to ask for ever', () => {
    const { follower: followed, questions } = follower();
    followed.accept(EVENTS.slice(50, 60));
    questions.length = 0;
    followed.answer([]);
    expect(questions).toEqual([]);
    followed.accept(EVENTS.slice(60, 61));
    expect(questions).toEqual([0]);
  });

  test('a question that failed is asked again with the next event', () => {
    const { follower: followed, questions } = follower();
    followed.accept(EVENTS.slice(50, 60));
    followed.unanswered();
    followed.accept(EVENTS.slice(60, 61));
    expect(questions).toEqual([0, 0]);
  });

  test('a run resumed from an earlier state is told again from its beginning', () => {
    const { follower: followed, heard } = follower();
    followed.accept(EVENTS.slice(0, 90));
    heard.length = 0;
    followed.accept(EVENTS.slice(0, 70));
    expect(followed.view).toEqual(foldEvents(EVENTS.slice(0, 70)));
    expect(heard[0]).toBe(0);
    followed.accept(EVENTS.slice(70));
    expect(followed.view).toEqual(WHOLE);
  });

  test('an answer from the beginning does not take back what the stream has brought', () => {
    const { follower: followed } = follower();
    followed.catchUp();
    followed.accept(EVENTS.slice(0, 30));
    followed.answer(EVENTS.slice(0, 20));
    expect(followed.view.nextSeq).toBe(30);
  });

  test('however the stream loses, repeats and shuffles its batches, the end is the same', () => {
    const batch = fc.tuple(fc.nat(EVENTS.length), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 12 }), (batches) => {
        const { follower: followed, answerAll } = follower();
        for (const [from, length] of batches) {
          followed.accept(EVENTS.slice(from, from + length));
          answerAll(from + length);
        }
        followed.accept(EVENTS.slice(-1));
        answerAll();
        expect(followed.view).toEqual(WHOLE);
      }),
    );
  });
});
