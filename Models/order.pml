/* Everybody together, with an honest server. It orders one Commit for each epoch, whoever comes first (e2ee.md 5.1);
   the others hear "stale" and make theirs anew. Connections break: then a Commit is lost, or its answer, or it is
   ordered later than its maker believes; the log tells. A host loses its state and opens the link again; people
   leave, with a goodbye that dies with its epoch. Everything of that happens a few times, so every run ends; what
   must be true then is looked at then.

   6 host back (e2ee.md 4.3) a host who lost everything is in again in the end.
   8 agreement (14 "end in one epoch"; 5.1) whoever read the log to its end is in the newest state.
   10 served (4.3) whoever knocked is let in or refused, and whoever left is out of the keys, while anybody is there. */
#include "rules.pml"

#define H 0 /* the host */
#define S 1 /* the successor */
#define G 2
#define N 3 /* knocks */
#define PEOPLE 4

#define STATES 13
#define NOWHERE STATES
/* Who has a Commit of their own to make: a guest's new keys, and what a host or an acting one does. */
#ifndef WISHES
#define WISHES one(G)
#endif
#ifndef DROPS
#define DROPS 1
#endif

/* The log: states in their order, what each was made for, by whom, and who is in. */
byte inside[STATES], madeFor[STATES], author[STATES]
byte last = 0

/* What the server knows. */
byte proposed /* goodbyes and Removes of this epoch */
byte goers /* said goodbye, and went */
byte bound = 7 /* whose connection stands */
bool knocking = true, refused = false

/* A Commit on its way to the server: what for, and for which state. */
#define NOTHING 0
#define ADMIT 1
#define REMOVALS 2
#define EMPTY 3
#define JOIN 4
byte box[PEOPLE], boxFor[PEOPLE]

/* Everybody. */
byte at[PEOPLE], next[PEOPLE] /* the state they are in; how far they read the log */
byte flight[PEOPLE] /* their Commit without an answer */
byte here = 7 /* whose program runs */
byte wanted /* who has something of their own to commit */
byte drops, crashes, leaves, i, j
#ifdef WISH_FORGOTTEN
bool isForgotten
#define stillWants !isForgotten
#else
#define stillWants true
#endif

#define newest inside[last]
#define isHere(p) has(here, p)
#define isCaughtUp(p) (next[p] == last + 1)
#define isMember(p) (isHere(p) && at[p] != NOWHERE)
#define mayCommit(p) (isMember(p) && isCaughtUp(p) && flight[p] == NOTHING && has(bound, p) && box[p] == NOTHING)
#define actsFor(p) ((p) == H || ((p) == S && !has(inside[at[p]], H)))
#ifdef ONE_NEAREST
#define isAsked(p) ((p) == (has(proposed, G) -> S : G))
#else
#define isAsked(p) true
#endif
/* A joiner's Commit is judged by somebody who is there; when nobody is, a host's is not. */
#define judges(p) (has(bound & newest, p) && isMember(p) && at[p] == last)
#ifdef NOBODY_ELSE_NOBODY_IN
#define isJudged(p) (((p) != H && judges(H)) || ((p) != S && judges(S)) || ((p) != G && judges(G)) || \
    ((p) != N && judges(N)))
#else
#define isJudged(p) (((p) != H && judges(H)) || ((p) != S && judges(S)) || ((p) != G && judges(G)) || \
    ((p) != N && judges(N)) || ((p) == H && (bound & newest & ~one(H)) == 0))
#endif

/* Whoever said goodbye and went is taken for lost like anybody whose connection is gone. */
#ifdef GOODBYE_ONCE
#define isLost(p) (!has(goers, p))
#else
#define isLost(p) true
#endif

inline send(p, what) { box[p] = what; boxFor[p] = at[p]; flight[p] = what }

#define first(p, least) (at[p] < least -> at[p] : least)
#define firstBox(p, least) (box[p] != NOTHING && boxFor[p] < least -> boxFor[p] : least)

/* The log from where nobody reads any more is forgotten, so that two runs that differ only before are one. */
inline trim() {
    j = last;
    j = first(H, j); j = first(S, j); j = first(G, j); j = first(N, j);
    j = firstBox(H, j); j = firstBox(S, j); j = firstBox(G, j); j = firstBox(N, j);
    do
    :: j > 0 ->
        i = 0;
        do
        :: i < last ->
            inside[i] = inside[i + 1]; author[i] = author[i + 1];
            madeFor[i] = (madeFor[i + 1] > 0 -> madeFor[i + 1] - 1 : 0);
            i++
        :: else -> break
        od;
        inside[last] = 0; author[last] = 0; madeFor[last] = 0;
        last--; j--;
        i = 0;
        do
        :: i < PEOPLE ->
            at[i] = (at[i] == NOWHERE -> NOWHERE : at[i] - 1);
            next[i] = (at[i] == NOWHERE || next[i] == 0 -> 0 : next[i] - 1);
            boxFor[i] = (box[i] == NOTHING -> 0 : boxFor[i] - 1);
            i++
        :: else -> break
        od
    :: else -> break
    od;
    madeFor[0] = 0; author[0] = 0; i = 0; j = 0
}

/* The service orders a Commit, or says that it comes too late. */
inline order(p) {
    printf("> %d's Commit %d for state %d\n", p, box[p], boxFor[p]);
    if
#ifdef NO_COMPARE_AND_SET
    :: box[p] != JOIN || boxFor[p] == last ->
#else
    :: boxFor[p] == last ->
#endif
        last++;
        madeFor[last] = boxFor[p]; author[last] = p;
        if
        :: box[p] == ADMIT -> inside[last] = with(inside[boxFor[p]] & ~(proposed & ~one(p)), N); knocking = false;
            at[N] = last; next[N] = last + 1; here = with(here, N); bound = with(bound, N)
        :: box[p] == REMOVALS -> inside[last] = inside[boxFor[p]] & ~(proposed & ~one(p))
        :: box[p] == EMPTY -> inside[last] = inside[boxFor[p]]
        :: box[p] == JOIN -> inside[last] = with(inside[boxFor[p]], p);
            at[p] = last; next[p] = last + 1; flight[p] = NOTHING; bound = with(bound, p); goers = without(goers, p)
        fi;
        /* What was proposed dies with its epoch; of those who went the service says it again. */
#ifdef GOODBYE_ONCE
        proposed = 0
#else
        proposed = goers & inside[last] & ~bound
#endif
    :: else -> printf("> stale\n");
        if
        :: flight[p] == box[p] && has(bound, p) -> requeue(p)
        :: else
        fi
    fi;
    box[p] = NOTHING; boxFor[p] = 0;
    trim()
}

inline requeue(p) {
#ifdef WISH_FORGOTTEN
    if
    :: flight[p] == ADMIT -> isForgotten = true
    :: else
    fi;
#endif
    flight[p] = NOTHING
}

/* Somebody reads the next Commit. */
inline read(p) {
    if
    :: author[next[p]] == p && flight[p] != NOTHING && madeFor[next[p]] == at[p] && box[p] == NOTHING ->
        at[p] = next[p]; flight[p] = NOTHING
#ifdef ADOPT_EARLY
    :: author[next[p]] == p && at[p] == next[p] -> flight[p] = NOTHING
#endif
    /* Its own, given up before it came into the order, and the keys with it: a new place. */
#ifndef OWN_LATE_IGNORED
    :: author[next[p]] == p && flight[p] == NOTHING && at[p] != next[p] -> at[p] = NOWHERE
#endif
    :: author[next[p]] != p && madeFor[next[p]] == at[p] ->
        at[p] = (has(inside[next[p]], p) -> next[p] : NOWHERE);
        if
        :: flight[p] != NOTHING && box[p] == NOTHING -> requeue(p)
        :: else
        fi
    :: else
    fi;
    next[p]++;
    printf("> %d reads %d, is in %d\n", p, next[p] - 1, at[p]);
    trim()
}

#define MEMBER(p) \
    /* Its wishes and its duties. */ \
    :: d_step { mayCommit(p) && has(wanted, p) && (p == G || actsFor(p)) -> wanted = without(wanted, p); \
        send(p, EMPTY); early(p) } \
    :: d_step { mayCommit(p) && at[p] == last && (proposed & inside[at[p]] & ~one(p)) != 0 && !has(proposed, p) && \
        isAsked(p) -> send(p, REMOVALS) } \
    /* The service. */ \
    :: d_step { box[p] != NOTHING && last < STATES - 1 && (box[p] != JOIN || boxFor[p] != last || isJudged(p)) -> \
        order(p) } \
    :: d_step { isMember(p) && has(bound, p) && next[p] <= last -> read(p) } \
    /* The line breaks: what was on its way is lost, or comes in later. The log is read to its end, and then a Commit \
       that is not in it is made anew. */ \
    :: d_step { drops < DROPS && isMember(p) && has(bound, p) -> drops++; bound = without(bound, p); \
        printf("> %d's line breaks, what was sent is lost\n", p); box[p] = NOTHING; boxFor[p] = 0 } \
    :: d_step { drops < DROPS && isMember(p) && has(bound, p) && box[p] != NOTHING -> drops++; \
        bound = without(bound, p); printf("> %d's line breaks\n", p) } \
    :: d_step { isMember(p) && !has(bound, p) && has(newest, p) -> \
        if \
        :: next[p] <= last -> read(p) \
        :: else -> bound = with(bound, p); proposed = without(proposed, p); requeue(p); printf("> %d is back\n", p) \
        fi } \
    /* Taken for lost, and not by a goodbye: it reads of it, and knocks or comes by role or pass; here it ends. */ \
    :: d_step { isMember(p) && !has(bound, p) && !has(newest, p) -> at[p] = NOWHERE; trim() } \
    :: d_step { !has(bound, p) && has(newest, p) && !has(proposed, p) && (bound & newest) != 0 && !isMember(p) && \
        isLost(p) && box[p] == NOTHING -> goers = with(goers, p); proposed = with(proposed, p); \
        printf("> %d is lost\n", p) } \
    /* Who lost their place, and has a key that is still in, or the host link, comes by an own Commit. */ \
    :: d_step { isHere(p) && at[p] == NOWHERE && box[p] == NOTHING && (p == H || has(newest, p)) && \
        !(p == N && knocking) -> at[p] = NOWHERE; box[p] = JOIN; boxFor[p] = last; flight[p] = JOIN; \
        bound = without(bound, p); printf("> %d comes in anew\n", p) }

#define LEAVES(p) \
    :: d_step { isMember(p) && has(bound, p) && flight[p] == NOTHING && leaves < 2 -> leaves++; \
        if \
        :: at[p] == last -> proposed = with(proposed, p) \
        :: else \
        fi; \
        goers = with(goers, p); here = without(here, p); bound = without(bound, p); at[p] = NOWHERE; next[p] = 0; \
        box[p] = NOTHING; boxFor[p] = 0; printf("> %d leaves\n", p); trim() }

/* A Commit is a pending copy until it stands in the order. */
inline early(p) {
#ifdef ADOPT_EARLY
    at[p] = last + 1
#endif
    skip
}

#define agrees(p) (!isMember(p) || !has(bound, p) || !isCaughtUp(p) || at[p] == last)
#define isGone(p) (isHere(p) || !has(newest, p))

active proctype Meeting() {
    d_step {
        inside[0] = 7;         at[N] = NOWHERE; next[H] = 1; next[S] = 1; next[G] = 1;
        wanted = WISHES
    }
    do
    MEMBER(H)
    MEMBER(S)
    MEMBER(G)
    MEMBER(N)
    LEAVES(S)
    LEAVES(G)
    /* The host lets in who knocks, or refuses. */
    :: d_step { mayCommit(H) && knocking && !refused && stillWants -> send(H, ADMIT) }
    :: d_step { mayCommit(H) && knocking && !refused && stillWants -> refused = true; knocking = false }
    /* The host loses everything, and opens the link again. What it sent may still be ordered. */
    :: d_step { isMember(H) && crashes < 1 -> crashes++; printf("> H loses its state\n");
        at[H] = NOWHERE; next[H] = 0; flight[H] = NOTHING; bound = without(bound, H);
        if
        :: box[H] == JOIN -> box[H] = NOTHING
        :: else
        fi;
        trim() }
    :: d_step { !(agrees(H) && agrees(S) && agrees(G) && agrees(N)) -> holds(8, false) }
    :: else ->
        reached(1, crashes == 1 && leaves == 2 && !knocking && !refused);
        reached(2, drops == DROPS && crashes == 1);
        assert(last < STATES - 1); /* the table is long enough */
        holds(6, isMember(H) && at[H] == last && has(newest, H));
        holds(10, !knocking);
        holds(10, isGone(S) && isGone(G));
        break
    od
}
