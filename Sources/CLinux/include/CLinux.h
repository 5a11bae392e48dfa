#ifndef BERAAD_CLINUX_H
#define BERAAD_CLINUX_H
#endif
