/* Who is in. One group state, and whatever anybody may commit to it, for as long as they like: a fork is two such
   ways out of one state, and what holds on every way holds in every fork. So nobody's position, no order and no clock
   is in here. Malicious are A (a person with the common link and a pass; B is the same person under a fresh key), and
   the server, which orders what it wants and takes out whom it wants (a Remove of its own, committed by any member).
   K is a key of the server's: it has not the link.

   A guard is a line of Authoriser; a mutant, a switch that is on, takes one away. Properties are written over what
   people did, and do not use those guards.

   1 no ghost (e2ee.md 4.2 table, P, Door) every leaf came by an Add of somebody entitled, by the link through a door
      that somebody entitled had opened, by a pass, by a role, or in place of its own leaf.
   2 no host (3.2, 4.2 G) nobody has rights but hosts, whom a host named, and the first successor that is there when
      no such leaf is.
   3 no return (4.2 R, J2) somebody who was put out is in no later state, nor by a fresh key before the door was
      opened again, unless whoever is entitled let them in by hand after the list was emptied.
   4 lock (4.2 Door) into a locked meeting come leaves by pass, by role and in their own place, nobody else.
   5 host in (4.3) in every state the host link leads in at once. */
#include "rules.pml"

#define H 0 /* the host */
#define R 1 /* the host link, opened again */
#define C 2 /* somebody whom a host may make co-host */
#define S 3 /* the first successor */
#define A 4 /* the malicious one, a guest as S and C are; the second successor too */
#define B 5 /* the malicious one under a fresh key */
#define K 6 /* the server's own key */
#define NOBODY 7
#define EVERYBODY 127
/* Passes of these two are looked at. */
#define PASSES (with(with(0, A), C))

#ifndef MEMBERS_MAX
#define MEMBERS_MAX 7
#endif

/* The state. */
byte inside = with(with(with(with(0, H), C), S), A)
byte admission = WAITING
byte flag /* LOCKED, COMPARING, or 0 */
byte roles /* to whom the policy gives a co-host's chain */
byte out /* revoked with scope out */
byte pass = PASSES /* who has one of this generation */
byte oldPass /* who has one of an earlier generation */
bool renewed

/* What people did, for the properties. */
byte named /* whom a host made co-host */
bool ejected, lifted, reopened, comingBack

/* The Commit that is being made; zero between two. */
byte who, newAdmission, newFlag, target, newcomer, way
byte newRoles, newOut
bool hasPolicy, hasPass, raises, wasEntitled

#define VALUE 1
#define PROPOSED 2
#define INVITE 3
#define REENTRY 4
#define ROLE 5
#define RESYNC 6

/* Rights, as the rules see them (Standings). */
#define hosts (with(0, H) | with(0, R))
#define certified ((hosts | roles) & inside & ~out)
#ifdef ACTING_BESIDE_HOST
#define acting (has(inside, S) -> one(S) : (has(inside & ~out, A) -> one(A) : 0))
#else
#define acting (certified -> 0 : (has(inside, S) -> one(S) : (has(inside & ~out, A) -> one(A) : 0)))
#endif
#define leads(x) has(certified | acting, x)
#define isHost(x) (has(hosts & inside, x))
#define rank(x) (isHost(x) -> 3 : (leads(x) -> 2 : 1))
#define unhosted ((certified | acting) == 0)

/* Rights, as the properties see them. */
#define given ((hosts | named) & inside & ~out)
#define successor (has(inside, S) -> one(S) : one(A))
#define entitled(x) (has(given, x) || (given == 0 && successor == one(x) && has(inside & ~out, x)))

#define state(a, f) ((f) != 0 -> (f) : ((((a) == OPEN || (a) == MEMBERS) && isShut) -> WAITING : (a)))
#ifdef UNHOSTED_OPEN
#define isShut false
#else
#define isShut unhosted
#endif
#ifdef LOCK_IGNORED
#define door (state(newAdmission, (newFlag == LOCKED -> 0 : newFlag)))
#else
#define door (state(newAdmission, newFlag))
#endif
/* The door as the properties see it. */
#define trueDoor (newFlag != 0 -> newFlag : \
    (given == 0 && !has(inside & ~out, S) && !has(inside & ~out, A) && isShutByRule -> WAITING : newAdmission))
#ifdef UNHOSTED_OPEN
#define isShutByRule false
#else
#define isShutByRule true
#endif

#ifdef ADD_BY_ANYBODY
#define mayAdd(x) true
#else
#define mayAdd(x) leads(x)
#endif
#ifdef POLICY_BY_ANYBODY
#define mayRule(x) true
#else
#define mayRule(x) leads(x)
#endif
#ifdef NO_LINK
#define hasLink(n) true
#else
#define hasLink(n) ((n) != K)
#endif
#ifdef OUT_IGNORED
#define isOut(n) false
#else
#define isOut(n) has(newOut, n)
#endif
#ifdef OLD_PASS_COUNTS
#define validPass(n) has(pass | oldPass, n)
#else
#define validPass(n) has(pass, n)
#endif
#ifdef ANY_CHAIN
#define hasChain(n) true
#else
#define hasChain(n) has((hosts | roles) & ~out, n)
#endif
#ifdef RESYNC_AS_ANYBODY
#define isSame(n, o) true
#else
#define isSame(n, o) ((n) == (o) || (has(hosts, n) && has(hosts, o)))
#endif
#ifdef ROLE_STOPS_AT_LOCK
#define roleRow DOOR_ADD_PASS
#else
#define roleRow DOOR_ROLE
#endif

#define count(s) (has(s, 0) + has(s, 1) + has(s, 2) + has(s, 3) + has(s, 4) + has(s, 5) + has(s, 6))
#define hasRoom(s) (count(s) < MEMBERS_MAX)

/* Honest people let in whom they believe to come by the link, and name nobody but C; A does what the rules allow. */
#define wouldAdd(x, n) ((x) == A || (x) == B || (n) != K)

inline chooseMember() {
    if
    :: has(inside, H) -> who = H
    :: has(inside, R) -> who = R
    :: has(inside, C) -> who = C
    :: has(inside, S) -> who = S
    :: has(inside, A) -> who = A
    :: has(inside, B) -> who = B
    :: has(inside, K) -> who = K
    fi
}

inline choose(person, among) {
    if
    :: has(among, H) -> person = H
    :: has(among, R) -> person = R
    :: has(among, C) -> person = C
    :: has(among, S) -> person = S
    :: has(among, A) -> person = A
    :: has(among, B) -> person = B
    :: has(among, K) -> person = K
    fi
}

/* Rule G. Only a host names others; a list of who is out loses entries only when passes are renewed. */
inline choosePolicy() {
    newAdmission = admission; newFlag = flag; newRoles = roles; newOut = out;
    if
    :: true
    :: mayRule(who) ->
        hasPolicy = true;
        if
        :: newAdmission = WAITING
        :: newAdmission = OPEN
        :: newAdmission = CLOSED
        :: flag == 0 -> newFlag = LOCKED
        :: flag == LOCKED -> newFlag = 0
        :: isHost(who) && !has(roles, C) -> newRoles = with(roles, C)
        :: isHost(who) && has(roles, C) -> newRoles = without(roles, C)
#ifdef ROLES_BY_ANYBODY
        :: who == A -> newRoles = with(roles, A)
#endif
        :: who != A && !has(out, A) -> newOut = with(out, A); /* eject: with closeOpenDoor */
            if
#ifndef EJECT_THROUGH_OPEN_DOOR
            :: newAdmission == OPEN || newAdmission == MEMBERS -> newAdmission = WAITING
            :: else
#else
            :: true
#endif
            fi
        :: isHost(who) && !renewed -> raises = true; newOut = 0
#ifdef LIST_MAY_SHRINK
        :: isHost(who) && has(out, A) -> newOut = 0
#endif
        fi
    fi
}

/* What a Commit does, after every guard let it through. */
inline apply() {
    printf("by %d way %d newcomer %d removes %d: door %d flag %d roles %d out %d, inside %d ejected %d reopened %d\n",
        who, way, newcomer, target, newAdmission, newFlag, newRoles, newOut, inside, ejected, reopened);
    holds(2, !(hasPolicy || way == VALUE) || entitled(who));
    wasEntitled = entitled(who);
    if
    :: target != NOBODY -> inside = without(inside, target)
    :: else
    fi;
    if
    :: newcomer != NOBODY ->
        holds(4, newFlag != LOCKED || way == ROLE || way == RESYNC || (hasPass && has(pass, newcomer)));
        inside = with(inside, newcomer);
        reached(1, way == VALUE && newFlag == LOCKED);
        reached(2, way == REENTRY && newAdmission == CLOSED);
        reached(3, way == ROLE && newFlag == COMPARING);
        reached(4, newcomer == B && ejected)
    :: else
    fi;
    if
    :: hasPolicy && has(newOut & ~out, A) && !has(inside, A) ->
        ejected = true; lifted = false; reopened = false; comingBack = false
    :: else
    fi;
    if
    :: newRoles != roles && has(hosts, who) -> named = newRoles & one(C)
    :: else
    fi;
    if
    :: ejected && (newAdmission == OPEN || newAdmission == MEMBERS) && newAdmission != admission && wasEntitled ->
        reopened = true
    :: else
    fi;
    admission = newAdmission; flag = newFlag; roles = newRoles; out = newOut;
    if
    :: raises -> oldPass = oldPass | pass; pass = 0; renewed = true; lifted = true
    :: else
    fi;
    if
    :: ejected && !has(out, A) -> lifted = true
    :: else
    fi;
    if
    :: lifted && has(inside, A) -> comingBack = true
    :: else
    fi;
    /* Whoever may admit by certificate gives passes at once to those who are in. */
    if
    :: certified != 0 -> pass = pass | (inside & ~out & PASSES)
    :: else
    fi;
    holds(2, (roles & ~named) == 0);
    holds(3, !(ejected && !lifted && has(inside, A)));
    holds(5, has(inside & hosts, H) || has(inside & hosts, R) || \
        (hasRoom(inside) && opens(roleRow, state(admission, flag))));
    reached(5, acting == one(A));
    reached(6, unhosted);
    reached(7, ejected && lifted && has(inside, A));
    who = 0; newAdmission = 0; newFlag = 0; target = 0; newcomer = 0; way = 0;
    newRoles = 0; newOut = 0; wasEntitled = false;
    hasPolicy = false; hasPass = false; raises = false
}

active proctype Group() {
    do
    /* A member's Commit. */
    :: atomic {
        target = NOBODY; newcomer = NOBODY;
        chooseMember();
        choosePolicy();
        if
        :: true
        /* Remove by value: rule R. */
        :: leads(who) ->
            choose(target, inside);
            (target != who && (rank(who) == 3 || rank(target) < 2));
#ifndef EJECT_THROUGH_OPEN_DOOR
            (newAdmission != OPEN && newAdmission != MEMBERS)
#endif
        /* By reference: a SelfRemove, or the server's Remove, of anybody. */
        :: true -> choose(target, inside); (target != who)
        /* Add by value. */
        :: mayAdd(who) ->
            choose(newcomer, EVERYBODY & ~inside);
            (wouldAdd(who, newcomer) && !isOut(newcomer) && hasRoom(inside));
            way = VALUE;
            if
            :: opens(DOOR_ADD, door)
            :: door == LOCKED && validPass(newcomer) -> hasPass = true
            fi;
            holds(1, entitled(who));
            holds(3, !(ejected && newcomer == A) || ((lifted || raises || !has(newOut, A)) && entitled(who)))
        /* By a proposal of the newcomer's own. */
        :: true ->
            choose(newcomer, EVERYBODY & ~inside);
            (hasLink(newcomer) && !isOut(newcomer) && hasRoom(inside) && opens(DOOR_SELF, door));
            way = PROPOSED;
            holds(1, newcomer != K && opens(DOOR_SELF, trueDoor) && (!hasPolicy || entitled(who)));
            holds(3, !(ejected && (newcomer == A || newcomer == B)) || reopened || (hasPolicy && entitled(who)))
        fi;
        apply()
    }
    /* Comparing begins and ends alone. */
    :: atomic {
        target = NOBODY; newcomer = NOBODY;
        chooseMember();
        (mayRule(who) && flag != LOCKED);
        hasPolicy = true;
        newAdmission = admission; newFlag = COMPARING - flag; newRoles = roles; newOut = out;
        apply()
    }
    /* An external Commit. */
    :: atomic {
        target = NOBODY; newcomer = NOBODY;
        newAdmission = admission; newFlag = flag; newRoles = roles; newOut = out;
        if
        :: way = INVITE; choose(newcomer, EVERYBODY & ~inside);
            (hasRoom(inside) && opens(DOOR_SELF, door));
            holds(1, newcomer != K || !hasLink(newcomer));
            holds(1, !hasLink(newcomer) || opens(DOOR_SELF, trueDoor));
            holds(3, !(ejected && (newcomer == A || newcomer == B)) || reopened || isOut(newcomer))
        :: way = REENTRY; choose(newcomer, EVERYBODY & ~inside);
            (hasRoom(inside) && opens(DOOR_REENTRY, state(admission, flag)) && validPass(newcomer));
            hasPass = true;
            holds(1, has(pass | oldPass, newcomer));
            holds(3, !(ejected && newcomer == A) || comingBack || isOut(newcomer))
        :: way = ROLE; choose(newcomer, EVERYBODY & ~inside);
            (hasRoom(inside) && opens(roleRow, state(admission, flag)) && hasChain(newcomer));
            holds(1, has(hosts | named, newcomer));
        :: way = RESYNC; choose(target, inside); choose(newcomer, (EVERYBODY & ~inside) | one(target));
            (isSame(newcomer, target) && opens(DOOR_RESYNC, state(admission, flag)));
            holds(1, newcomer == target || has(hosts, newcomer) && has(hosts, target))
        fi;
        (hasLink(newcomer) && !isOut(newcomer));
        apply()
    }
    od
}
