"""People who write to a server all the time, and a book of what they were told is done: that has to be there after any crash.
What was asked and not answered may be there or not."""

import http.client
import random
import threading

from .accounts import Desk

PROFILES = ('coaching', 'lesson', 'consultation')
PLANS = 20  # of one account at a time: less than a list holds


class Ledger:
    """Of one admin: their plans, by id, and the accounts they had made."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.plans = {}  # id -> plan that was confirmed
        self.open = {}  # id -> what was asked last and not confirmed: another plan, or None for gone
        self.asked = 0  # plans that were asked for and not confirmed: their ids are unknown
        self.accounts, self.doubtful = [], []  # addresses that were confirmed, and that may be there
        self.answered, self.refused = 0, []

    def write(self, port, cookie, stop):
        """Plans, changes, cancels and invites until told to stop, or until the server is gone."""
        desk = Desk(port)
        desk.cookie = cookie
        try:
            while not stop.is_set():
                self._one(desk)
                self.answered += 1
        except (OSError, http.client.HTTPException, ValueError):
            pass  # it was killed in the middle of this one
        except AssertionError as refusal:
            self.refused.append(f'something was refused: {refusal}')

    def _one(self, desk):
        act = self.random.random()
        if act < 0.05:
            self._invite(desk)
        elif act < 0.55 and len(self.plans) < PLANS or not self.plans:
            self._plan(desk)
        elif act < 0.8:
            self._change(desk)
        else:
            self._cancel(desk)

    def _draw(self):
        return {'starts': 1_900_000_000 + self.random.randrange(10 ** 6), 'minutes': self.random.randint(1, 600),
                'profile': self.random.choice(PROFILES), 'card': ''.join(self.random.choices('ABCDEFGH', k=400))}

    def _plan(self, desk):
        plan = self._draw()
        self.asked += 1
        status, answer = desk('POST', '/api/v1/account/meetings', plan)
        assert status == 201, (status, answer)
        self.asked -= 1
        self.plans[answer['id']] = plan

    def _change(self, desk):
        id_, plan = self.random.choice(sorted(self.plans)), self._draw()
        self.open[id_] = plan
        status, answer = desk('PUT', f'/api/v1/account/meetings/{id_}', plan)
        assert status == 204, (status, answer)
        self.plans[id_] = plan
        del self.open[id_]

    def _cancel(self, desk):
        id_ = self.random.choice(sorted(self.plans))
        self.open[id_] = None
        status, answer = desk('DELETE', f'/api/v1/account/meetings/{id_}')
        assert status == 204, (status, answer)
        del self.plans[id_], self.open[id_]

    def _invite(self, desk):
        status, answer = desk('POST', '/api/v1/accounts/invitations', {'roles': ['host']})
        if status in (403, 429):
            return  # the password was given too long ago, or there were many: that is another rule's concern
        assert status == 201, (status, answer)
        email = f'gast{self.random.randrange(10 ** 9)}@example.org'
        self.doubtful.append(email)
        status, answer = Desk(desk.port).set_up(answer['token'], email, 'Gast')
        if status != 201:
            return  # busy: too many passwords at once
        self.doubtful.remove(email)
        self.accounts.append(email)

    def check(self, desk, fresh):
        """What is not as was confirmed, once the server is back; and takes what it has as the truth from now on. `fresh` are
        the accounts to look at."""
        found, after = {}, ''
        while True:
            status, answer = desk('GET', '/api/v1/account/meetings' + after)
            if status != 200:
                return [f'the sign-in that was confirmed is gone: {status} {answer}']
            found |= {one['id']: one['plan'] for one in answer['meetings']}
            if 'next' not in answer:
                break
            after = f'?after={answer["next"]}'
        faults, self.refused = self.refused, []
        for id_, plan in self.plans.items():
            may_be = [plan, self.open[id_]] if id_ in self.open else [plan]
            if found.get(id_) not in may_be:
                faults.append(f'plan {id_} is {found.get(id_)} and was confirmed as {plan}')
        unknown = set(found) - set(self.plans)
        if len(unknown) > self.asked:
            faults.append(f'{len(unknown)} plans were never confirmed, or cancelled, and {self.asked} were asked for')
        for email in fresh:
            status, _ = Desk(desk.port).sign_in(email)
            if status != 200:
                faults.append(f'the account of {email} was confirmed, and signing in is answered {status}')
        self.plans, self.open, self.asked = found, {}, 0
        return faults


def write_until_killed(server, ledger, cookie, seconds):
    """Writes, and kills the server after so many seconds in the middle of it. Answers how much was confirmed meanwhile."""
    stop, before = threading.Event(), ledger.answered
    writer = threading.Thread(target=ledger.write, args=(server.port, cookie, stop))
    writer.start()
    writer.join(seconds)
    server.kill()
    stop.set()
    writer.join()
    return ledger.answered - before
