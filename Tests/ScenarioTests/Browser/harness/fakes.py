"""Pictures and sounds that tell the browsers apart: each has one colour and one tone, written here."""

import array
import colorsys
import math
import wave
from dataclasses import dataclass

RATE = 48_000


@dataclass(frozen=True)
class Look:
    """What one person looks and sounds like."""

    colour: tuple  # red, green, blue
    tone: int  # hertz
    rate: int = 15  # pictures in a second


LOOKS = [Look((220, 30, 30), 440), Look((30, 60, 220), 700), Look((30, 170, 50), 1100), Look((220, 190, 30), 1600)]


def write_picture(path, colour, rate=15, width=320, height=180, frames=8):
    """A y4m of one colour. A brighter line walks over it, so that an encoder has something to send
    in every frame. Small and slow, for three browsers share the two cores of a test machine."""
    red, green, blue = (part / 255 for part in colour)
    luma = round(16 + 65.481 * red + 128.553 * green + 24.966 * blue)
    u = round(128 - 37.797 * red - 74.203 * green + 112 * blue)
    v = round(128 + 112 * red - 93.786 * green - 18.214 * blue)
    chroma = bytes([u]) * (width * height // 4) + bytes([v]) * (width * height // 4)
    with open(path, 'wb') as file:
        file.write(f'YUV4MPEG2 W{width} H{height} F{rate}:1 Ip A1:1 C420jpeg\n'.encode())
        for number in range(frames):
            plane = bytearray([luma]) * (width * height)
            for row in range(height):
                start = row * width + number * width // frames // 4  # in the left quarter, clear of the middle
                plane[start:start + 8] = bytes([min(235, luma + 60)]) * 8
            file.write(b'FRAME\n' + bytes(plane) + chroma)
    return path


def write_sound(path, tone, seconds=4):
    """A tone in beats: a steady one is what noise suppression exists to take away."""
    beat = RATE // 4
    samples = array.array('h', (
        int(12_000 * math.sin(2 * math.pi * tone * n / RATE)) if n // beat % 4 != 3 else 0
        for n in range(seconds * RATE)
    ))
    with wave.open(str(path), 'wb') as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


def hue(colour):
    """The colour's angle in degrees: encoders and colour ranges move brightness, never the hue of a full colour."""
    return colorsys.rgb_to_hsv(*(part / 255 for part in colour))[0] * 360


def same_colour(one, other):
    """Is this the same colour for somebody who looks?"""
    apart = abs(hue(one) - hue(other)) % 360
    return min(apart, 360 - apart) < 25 and max(one) - min(one) > 60
