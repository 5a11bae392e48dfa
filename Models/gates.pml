/* Who sends, and how long. A malicious server with A, who was in and is put out. It decides who gets which Commit
   when, if at all; keeps beacons and Welcomes back; orders two Commits for one epoch; takes out hosts; takes people
   back to what was; makes a group of its own with the host's leaf copied into it; and A commits in every state that
   holds A. What may be committed at all is commits.pml's: here only Commits that the rules allow are made.

   A state of the group is a row of the tables below, its parent the state in which it was committed. One tick is the
   time between two beacons; whoever has no proof for LIMIT ticks stops (20 seconds are four beacons; two are enough
   to tell right from wrong, and LIMIT=3 is looked at too). A beacon counts as of when it was sent, SLACK ticks later
   at most: so wrong may the receiver be about the sender's clock. Of the beacons of one leaf in one state only the
   newest is kept, for no older one would do more for the server.

   3 no return (e2ee.md 11 last row, 5.6) nobody who followed the ejection sends where A is, the host included.
   4 stop (1 "stop within 20 s"; 11) whoever was in sends to A for LIMIT + SLACK ticks at most after the host saw A
      go; whoever comes in meanwhile, and is led to where A is, for so many in all.
   5 newcomer (11 unproven, 15.5) nobody begins to send who was in no state for which somebody gave their word whom
      the host's own link vouches for, and who knew it for the right one.
   7 unhosted (11 proof set empty) nobody sends without a host but who saw the last one say goodbye.
   9 fork (11 last row) whoever saw two Commits for one epoch sends nothing any more. */
#include "rules.pml"

#define H 0 /* the host */
#define S 1 /* a successor, if WITH_SUCCESSOR */
#define G 2 /* a guest */
#define N 3 /* somebody who is not in yet */
#define A 4
#define PEOPLE 4 /* of whom we look what they send */

#ifndef LIMIT
#define LIMIT 2
#endif
#ifndef SLACK
#define SLACK 1
#endif
#ifndef BOUND
#define BOUND (LIMIT + SLACK)
#endif
#define LATE (LIMIT + SLACK)
#define NEVER (LIMIT + SLACK + 1)
#ifndef STATES
#define STATES 5
#endif
#ifndef VOIDS
#define VOIDS 2
#endif
#ifndef RELOADS
#define RELOADS 1
#endif
#define NOWHERE STATES
#define TRUE_ROOT 0
/* FAKE: A and the server also make a group of their own, with leaves of the host and the successor copied into it. */
#define FAKE_ROOT 1
#ifdef FAKE
#define isFake(j) ((j) == FAKE_ROOT || parent[j] == FAKE_ROOT || (parent[j] < STATES && parent[parent[j]] == FAKE_ROOT))
#else
#define isFake(j) false
#endif

/* The states: who is in, and the Commit that made each. */
byte inside[STATES], parent[STATES], author[STATES], depth[STATES]
byte how[STATES] /* what the Commit did to a trusted leaf */
#define KEPT 0
#define DROPPED 1 /* by a Remove of the server's */
#define SAID_GOODBYE 2
#define S_GOODBYE 3
#define HOST_CAME 4
byte count = 1
#define JOINER 7 /* author of an external Commit */
byte goodbye[STATES] /* who said goodbye in it */
byte late /* states in which the host did so after A was put out */
byte welcome /* states in which a Welcome of the host's let N in */
byte heardH[STATES], heardS[STATES] /* ticks since the newest beacon in it */
byte vouched /* states for which somebody gave their word who knew */

/* The people. */
byte at[PEOPLE], base[PEOPLE], age[PEOPLE]
byte known = NEVER /* ticks since the host was there, as the successor measured it: a first sign is none */
byte proven, confirmed, gone, saidProperly, sawGoodbye, sawEarly, sawTwo, clean, seen, old
byte knowsHost, knowsSuccessor /* whose word counted for them (ProofWatch.known) */
byte talked[PEOPLE] /* ticks in which they sent to A after the ejection */
byte since = 0 /* ticks since the host saw A go, from 1 */
byte reloads, voids
byte x, i

#define trusted (one(H) | one(S))
#define others(p) (inside[at[p]] & trusted & ~one(p))
#define isIn(p) (at[p] != NOWHERE && !has(gone, p))
#define isAlone(p) (inside[at[p]] == one(p))
#define isActing(p) ((p) == S && !has(inside[at[p]], H))
#ifdef COHOST
#define isExempt(p) ((p) == H || (p) == S)
#else
/* Who has to stand in is asked first, and says no here, but for whoever saw the host say goodbye. */
#ifdef TAKES_OVER
#define standsIn(p) isActing(p)
#else
#define standsIn(p) (isActing(p) && has(saidProperly, p))
#endif
#define isExempt(p) ((p) == H || standsIn(p))
#endif
#define isFresh(p) (age[p] < LIMIT)

/* PutOut: whoever saw A go is not heard where A is. */
#ifdef EJECTION_FORGOTTEN
#define remembers(p) false
#else
#define remembers(p) (has(clean, p) && has(inside[at[p]], A))
#endif

/* ProofWatch.footing and ProofClock.reading. */
#define maySend(p) (isIn(p) && !remembers(p) && (isAlone(p) || (isExempt(p) && has(confirmed, p)) || \
    ((p) == H -> (others(p) != 0 && isFresh(p)) : (others(p) != 0 -> isFresh(p) : has(saidProperly, p)))))

/* Engine.mayBeacon: whose beacon goes out as proof. A successor passes on that the host is there for as long as they know
   it; who stands in does once that is right. */
#ifdef SUCCESSOR_PROVES_FOR_EVER
#define maySucceed(p) (!isActing(p) || standsIn(p))
#else
#define maySucceed(p) (isActing(p) -> standsIn(p) : known < LIMIT)
#endif
#ifdef COHOST
#define maySay(p) true
#else
#define maySay(p) ((p) == H || maySucceed(p))
#endif
#ifdef UNCONFIRMED_VOUCHES
#define vouches(p) (isIn(p) && has(inside[at[p]], p))
#else
#define vouches(p) (isIn(p) && has(confirmed, p) && !remembers(p) && maySay(p))
#endif
#define isSound(p) (isIn(p) && has(confirmed, p))

inline arrive(p, j) {
    at[p] = j; base[p] = j; age[p] = LIMIT; known = (p == S -> NEVER : known);
    proven = without(proven, p); confirmed = without(confirmed, p); saidProperly = without(saidProperly, p);
    sawGoodbye = without(sawGoodbye, p); sawEarly = without(sawEarly, p);
    knowsHost = without(knowsHost, p); knowsSuccessor = without(knowsSuccessor, p); seen = without(seen, p); old = without(old, p);
#ifdef NEWCOMER_NEEDS_NO_PROOF
    age[p] = 0;
#endif
    stand(p)
}

/* ProofWatch.stand: alone nobody else has the keys. */
inline stand(p) {
    if
    :: isAlone(p) -> confirmed = with(confirmed, p)
    :: else
    fi;
    if
    :: since != 0 && !has(inside[at[p]], A) -> clean = with(clean, p)
    :: else
    fi;
    seen = seen | (has(vouched, at[p]) << p)
}

inline prove(p) {
    age[p] = 0; proven = with(proven, p);
    confirmed = with(confirmed, p)
}

/* A new state. */
inline commit(p, by, members, did) {
    parent[count] = p; author[count] = by; inside[count] = members; how[count] = did; depth[count] = depth[p] + 1;
    heardH[count] = NEVER; heardS[count] = NEVER;
    if
    :: by == H -> vouched = with(vouched, count)
    :: else
    fi;
    printf("> state %d after %d, by %d: %d inside, %d\n", count, p, by, members, did);
    count++
}

/* A goodbye tells only those something who knew its author for the one they wait for. */
#ifdef GOODBYE_TO_THE_UNPROVEN
#define knewHost(p) true
#define knewSuccessor(p) true
#else
#define knewHost(p) has(knowsHost, p)
#define knewSuccessor(p) has(knowsSuccessor, p)
#endif

/* Somebody gets a Commit for the state they are in. */
inline follow(p, j) {
    x = others(p);
    at[p] = j;
    printf("> %d follows to %d\n", p, j);
    if
    :: others(p) != 0 -> saidProperly = without(saidProperly, p)
    :: others(p) == 0 && x != 0 ->
        if
#ifdef REMOVE_IS_GOODBYE
        :: how[j] != KEPT -> saidProperly = with(saidProperly, p)
#else
        :: how[j] == SAID_GOODBYE && knewHost(p) -> saidProperly = with(saidProperly, p)
        :: how[j] == S_GOODBYE && knewSuccessor(p) -> saidProperly = with(saidProperly, p)
#endif
        :: else -> saidProperly = without(saidProperly, p)
        fi
    :: else
    fi;
    if
    /* Whoever came anew is not known yet; where the server took the host away nobody is. */
    :: how[j] == HOST_CAME -> knowsHost = without(knowsHost, p)
    :: how[j] == DROPPED && has(x, H) && !has(inside[j], H) ->
        knowsHost = without(knowsHost, p); knowsSuccessor = without(knowsSuccessor, p)
    :: how[j] == SAID_GOODBYE -> sawGoodbye = with(sawGoodbye, p);
        sawEarly = (has(late, parent[j]) -> sawEarly : with(sawEarly, p));
        knowsSuccessor = (knewHost(p) -> knowsSuccessor : without(knowsSuccessor, p));
        knowsHost = without(knowsHost, p); seen = seen | (has(vouched, parent[j]) << p)
    :: else
    fi;
    if
    :: author[j] < A && has(others(p), author[j]) ->
#ifdef COMMIT_MOVES_CLOCK
        age[p] = 0; proven = with(proven, p);
#endif
        confirmed = with(confirmed, p)
    :: else
    fi;
    if
    :: p == H && author[j] == H && !has(inside[j], A) && has(inside[parent[j]], A) && since == 0 ->
        since = 1; old = proven & ~one(N)
    :: else
    fi;
    stand(p);
    x = 0
}

#ifdef ARRIVAL
#define credit(b) ((b) == NEVER -> LIMIT : 0)
#else
#define credit(b) ((b) > SLACK -> (b) - SLACK : 0)
#endif

inline hear(p) {
    if
    :: has(others(p), H) && has(proven, p) && credit(heardH[at[p]]) < age[p] -> age[p] = credit(heardH[at[p]]);
        knowsHost = with(knowsHost, p)
    :: else
    fi;
    if
    :: p == S && has(others(S), H) && has(proven, S) && credit(heardH[at[S]]) < known -> known = credit(heardH[at[S]])
    :: else
    fi;
    if
    :: has(others(p), S) && has(proven, p) && credit(heardS[at[p]]) < age[p] -> age[p] = credit(heardS[at[p]]);
        knowsSuccessor = with(knowsSuccessor, p)
    :: else
    fi
}

/* Whoever saw the host say goodbye goes on without; GOODBYE_TOO asks whether those stop as well. */
#define isLeft(p) (has(sawEarly, p) && !has(inside[at[p]], H))

inline look(p) {
    if
    :: isIn(p) ->
        seen = seen | (has(vouched, at[p]) << p);
        if
        :: maySend(p) ->
            holds(9, !has(sawTwo, p));
            holds(5, p == H || isAlone(p) || has(seen, p));
            holds(7, p == H || isAlone(p) || others(p) != 0 || has(sawGoodbye, p));
            reached(1, p == G && has(sawGoodbye, G) && others(G) == 0);
            reached(2, p == N);
            reached(3, p == H && reloads > 0 && has(inside[at[H]], A) && since == 0);
            reached(6, p == G && since != 0 && !has(inside[at[G]], A) && voids > 0);
            if
            :: since != 0 && has(inside[at[p]], A) ->
                talked[p] = (has(old, p) || p == H || talked[p] > BOUND -> talked[p] : talked[p] + 1);
                reached(4, p == G && base[G] == TRUE_ROOT && since == BOUND - 1);
                reached(5, p == N && since > BOUND);
                holds(3, !has(clean, p));
#ifndef GOODBYE_TOO
                holds(4, p == H || isLeft(p) || !has(old, p) || since < BOUND + 1);
                holds(4, p == H || isLeft(p) || talked[p] <= BOUND)
#else
                holds(4, p == H || since < BOUND + 1)
#endif
            :: else
            fi
        :: else
        fi
    :: else
    fi
}

inline speak(p) {
    if
    :: vouches(p) ->
        if
        :: p == H -> heardH[at[p]] = 0
        :: else -> heardS[at[p]] = 0
        fi;
        if
        :: isSound(p) -> vouched = with(vouched, at[p])
        :: else
        fi
    :: else
    fi
}

/* A beacon's time goes by, then everybody beacons, hears the best the server has for them, and sends if they may. */
inline tick() {
    printf("> tick\n");
    i = 0;
    do
    :: i < count ->
        heardH[i] = (heardH[i] < LATE -> heardH[i] + 1 : heardH[i]);
        heardS[i] = (heardS[i] < LATE -> heardS[i] + 1 : heardS[i]);
        i++
    :: else -> break
    od;
    i = 0;
    do
    :: i < PEOPLE -> age[i] = (age[i] < LIMIT -> age[i] + 1 : LIMIT); i++
    :: else -> break
    od;
    known = (known < LIMIT -> known + 1 : NEVER);
    if
    :: since != 0 && since <= BOUND -> since++
    :: else
    fi;
    speak(H); speak(S);
    i = 0;
    do
    :: i < PEOPLE ->
        if
        :: isIn(i) -> hear(i)
        :: else
        fi;
        i++
    :: else -> break
    od;
    look(H); look(S); look(G); look(N);
    i = 0
}

#define isRoom (count < STATES)

/* A choice for each person, each state, or each of both: one step, without states in between. */
#if STATES > 4
#define EACH_STATE(choice, p) choice(p, 0) choice(p, 1) choice(p, 2) choice(p, 3) choice(p, 4)
#elif STATES > 3
#define EACH_STATE(choice, p) choice(p, 0) choice(p, 1) choice(p, 2) choice(p, 3)
#else
#define EACH_STATE(choice, p) choice(p, 0) choice(p, 1) choice(p, 2)
#endif
#ifdef WITH_SUCCESSOR
#define IF_SUCCESSOR(choice) choice
#else
#define IF_SUCCESSOR(choice)
#endif
#ifdef NOBODY_COMES
#define IF_NEWCOMER(choice)
#else
#define IF_NEWCOMER(choice) choice
#endif
#define EACH_PERSON(choice) choice(H) IF_SUCCESSOR(choice(S)) choice(G) IF_NEWCOMER(choice(N))
#define EACH(choice) EACH_STATE(choice, H) IF_SUCCESSOR(EACH_STATE(choice, S)) \
    EACH_STATE(choice, G) IF_NEWCOMER(EACH_STATE(choice, N))

/* A commits wherever A is, nothing or one who is trusted away; that is nothing before somebody follows it. */
#define MALICIOUS(p) \
    :: d_step { isRoom && isIn(p) && has(inside[at[p]], A) -> \
        commit(at[p], A, inside[at[p]], KEPT); follow(p, count - 1) } \
    :: d_step { isRoom && isIn(p) && p != H && has(inside[at[p]], A) && has(inside[at[p]], H) -> \
        commit(at[p], A, without(inside[at[p]], H), (has(goodbye[at[p]], H) -> SAID_GOODBYE : DROPPED)); \
        follow(p, count - 1) } \
    :: d_step { isRoom && isIn(p) && p != S && has(inside[at[p]], A) && has(inside[at[p]], S) -> \
        commit(at[p], A, without(inside[at[p]], S), (has(goodbye[at[p]], S) -> S_GOODBYE : DROPPED)); \
        follow(p, count - 1) }

/* Somebody is given a Commit. */
#define GIVEN(p, j) \
    :: d_step { j < count && isIn(p) && parent[j] == at[p] && has(inside[j], p) -> follow(p, j) }

/* Somebody is shown a second Commit for an epoch they were in. External ones count for nothing (ForkWatch). */
#define SHOWN(p, j) \
    :: d_step { j < count && isIn(p) && at[p] != base[p] && author[j] != JOINER && !has(sawTwo, p) && \
        ((parent[at[p]] == parent[j] && at[p] != j) || (parent[at[p]] != base[p] && \
            parent[parent[at[p]]] == parent[j] && parent[at[p]] != j)) -> \
        printf("> %d sees %d too\n", p, j); sawTwo = with(sawTwo, p); leave(p) }

/* The server takes a Commit back: who followed it comes in anew, one epoch back at most (Engine.isPast). */
#define VOID(p, j) \
    :: d_step { j < count && isRoom && voids < VOIDS && isIn(p) && at[p] != j && !isFake(j) && has(inside[j], p) && \
        depth[j] + 1 >= depth[at[p]] -> \
        voids++; printf("> %d is taken back to %d\n", p, j); commit(j, JOINER, inside[j], (p == H -> HOST_CAME : KEPT)); \
        arrive(p, count - 1) }

/* N comes by an own Commit, into whatever the server shows, or by a Welcome of the host's, whenever that comes; the
   host by the link, after a reload. */
#define COMES(p, j) \
    :: d_step { j < count && isRoom && p == N && at[N] == NOWHERE && !has(gone, N) && !has(inside[j], N) -> \
        commit(j, JOINER, with(inside[j], N), KEPT); arrive(N, count - 1) } \
    :: d_step { j < count && p == N && at[N] == NOWHERE && !has(gone, N) && has(welcome, j) -> \
        printf("> N is welcome in %d\n", j); vouched = with(vouched, j); arrive(N, j); prove(N); \
        seen = with(seen, N); knowsHost = with(knowsHost, N) } \
    :: d_step { j < count && isRoom && p == H && at[H] == NOWHERE && !has(gone, H) -> \
        commit(j, JOINER, with(inside[j], H), HOST_CAME); arrive(H, count - 1) }

/* The first proof of a newcomer counts when it comes. */
#define FIRST_PROOF(p) \
    :: d_step { isIn(p) && !has(proven, p) && ((has(others(p), H) && heardH[at[p]] != NEVER) || \
            (has(others(p), S) && heardS[at[p]] != NEVER)) -> \
        printf("> %d is proven in %d\n", p, at[p]); prove(p); seen = seen | (has(vouched, at[p]) << p); \
        knowsHost = (has(others(p), H) && heardH[at[p]] != NEVER -> with(knowsHost, p) : knowsHost); \
        knowsSuccessor = (has(others(p), S) && heardS[at[p]] != NEVER -> with(knowsSuccessor, p) : knowsSuccessor) }
#define WRONG_PROOF(p) \
    :: d_step { isIn(p) && !has(proven, p) && isWrongProof(p) -> printf("> %d believes it\n", p); prove(p) }
#ifdef ANYBODY_PROVES
#define isWrongProof(p) has(inside[at[p]], A)
#endif
#ifdef TREE_PROVES
#define isWrongProof(p) (others(p) != 0)
#endif

inline leave(p) {
#ifndef FORK_IGNORED
    gone = with(gone, p); at[p] = NOWHERE; base[p] = 0; age[p] = LIMIT
#endif
    skip
}

active proctype Server() {
    d_step {
        inside[TRUE_ROOT] = with(with(with(0, H), G), A);
#ifdef WITH_SUCCESSOR
        inside[TRUE_ROOT] = with(inside[TRUE_ROOT], S);
        confirmed = with(with(with(0, H), S), G);
        heardS[TRUE_ROOT] = 0; known = 0;
#else
        confirmed = with(with(0, H), G);
        heardS[TRUE_ROOT] = NEVER; at[S] = NOWHERE; age[S] = LIMIT;
#endif
        parent[TRUE_ROOT] = NOWHERE; author[TRUE_ROOT] = JOINER;
#ifdef FAKE
        inside[FAKE_ROOT] = without(inside[TRUE_ROOT], G);
        parent[FAKE_ROOT] = NOWHERE; author[FAKE_ROOT] = JOINER;
        heardH[FAKE_ROOT] = NEVER; heardS[FAKE_ROOT] = NEVER; count = 2;
#endif
        proven = confirmed; knowsHost = confirmed; knowsSuccessor = confirmed;
        vouched = one(TRUE_ROOT);
        seen = confirmed;
        at[N] = NOWHERE; age[N] = LIMIT
    }
    do
    :: d_step { tick() }

    /* The host puts A out; lets N in; does anything else. */
    :: d_step { isRoom && isIn(H) && has(inside[at[H]], A) -> commit(at[H], H, without(inside[at[H]], A), KEPT) }
#ifndef NOBODY_COMES
    :: d_step { isRoom && isIn(H) && has(confirmed, H) && at[N] == NOWHERE && !has(inside[at[H]], N) ->
        welcome = with(welcome, count); commit(at[H], H, with(inside[at[H]], N), KEPT) }
#endif
    :: d_step { isRoom && isIn(H) && has(confirmed, H) -> commit(at[H], H, inside[at[H]], KEPT) }

    EACH_PERSON(MALICIOUS)
    EACH(GIVEN)
    EACH(SHOWN)
    EACH(VOID)
    EACH(COMES)
    EACH_PERSON(FIRST_PROOF)
#ifdef isWrongProof
    EACH_PERSON(WRONG_PROOF)
#endif

    /* The host reloads the page, with a goodbye or without. */
    :: d_step { isIn(H) && reloads < RELOADS ->
        reloads++; printf("> H reloads\n"); at[H] = NOWHERE; base[H] = 0; age[H] = LIMIT }
    :: d_step { isIn(H) && reloads < RELOADS ->
        reloads++; printf("> H says goodbye and reloads\n"); goodbye[at[H]] = with(goodbye[at[H]], H);
        vouched = vouched | (has(confirmed, H) << at[H]);
        late = (since != 0 -> with(late, at[H]) : late);
        at[H] = NOWHERE; base[H] = 0; age[H] = LIMIT }

#ifdef WITH_SUCCESSOR
    /* The successor goes. */
    :: d_step { isIn(S) -> printf("> S says goodbye\n"); goodbye[at[S]] = with(goodbye[at[S]], S); leave(S) }
#endif

    /* A host is asked whether to go on with those whom they see; nobody does with somebody they put out. */
    :: d_step { isIn(H) && !has(confirmed, H) && !(since != 0 && has(inside[at[H]], A)) ->
        printf("> H goes on in %d\n", at[H]); confirmed = with(confirmed, H) }
    od
}
