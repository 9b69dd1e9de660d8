// Sixteen characters at a time, after Wojciech Muła and Daniel Lemire, "Faster Base64 Encoding and Decoding using AVX2
// Instructions" (arXiv 1704.00605), with the 128 bits that every x86-64 of today has.
#include "emulator/http/base64_blocks.hpp"

#include <immintrin.h>

#include <cstdint>

namespace understudy::http {
namespace {

constexpr std::size_t kVector = 16;
constexpr std::size_t kBytes = 12;  ///< What 16 characters stand for.

bool has_shuffle() {
    static const bool has = __builtin_cpu_supports("ssse3") != 0;
    return has;
}

__m128i load(const char* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

void store(char* to, __m128i vector) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), vector);
}

/// The first twelve of sixteen bytes as sixteen numbers of six bits.
[[gnu::target("ssse3")]] __m128i split(__m128i bytes) {
    const __m128i order = _mm_setr_epi8(1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10);
    const __m128i triples = _mm_shuffle_epi8(bytes, order);
    const __m128i first_and_third =
        _mm_mulhi_epu16(_mm_and_si128(triples, _mm_set1_epi32(0x0fc0fc00)), _mm_set1_epi32(0x04000040));
    const __m128i second_and_fourth =
        _mm_mullo_epi16(_mm_and_si128(triples, _mm_set1_epi32(0x003f03f0)), _mm_set1_epi32(0x01000010));
    return _mm_or_si128(first_and_third, second_and_fourth);
}

/// The characters of sixteen numbers of six bits: each range of the alphabet lies at a distance of its own.
[[gnu::target("ssse3")]] __m128i to_characters(__m128i six_bits) {
    constexpr char kDigit = '0' - 52;
    const __m128i distances = _mm_setr_epi8('a' - 26, kDigit, kDigit, kDigit, kDigit, kDigit, kDigit, kDigit, kDigit,
                                            kDigit, kDigit, '+' - 62, '/' - 63, 'A', 0, 0);
    const __m128i is_upper = _mm_cmpgt_epi8(_mm_set1_epi8(26), six_bits);
    const __m128i range = _mm_or_si128(_mm_subs_epu8(six_bits, _mm_set1_epi8(51)),  // 0 for both kinds of letters
                                       _mm_and_si128(is_upper, _mm_set1_epi8(13)));
    return _mm_add_epi8(_mm_shuffle_epi8(distances, range), six_bits);
}

/// Sixteen characters, and their halves, by which they are looked up.
struct Characters {
    __m128i all;
    __m128i high;
    __m128i low;
};

[[gnu::target("ssse3")]] Characters load_characters(const char* from) {
    const __m128i half = _mm_set1_epi8(0x2f);  // The fifth bit is kept, but is 0 in what selects.
    const __m128i all = load(from);
    return {all, _mm_and_si128(_mm_srli_epi32(all, 4), half), _mm_and_si128(all, half)};
}

/// Each half says by a bit which of the other halves it may not stand with.
[[gnu::target("ssse3")]] bool are_base64(const Characters& text) {
    const __m128i low_bits =
        _mm_setr_epi8(0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a);
    const __m128i high_bits =
        _mm_setr_epi8(0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10);
    const __m128i clash = _mm_and_si128(_mm_shuffle_epi8(high_bits, text.high), _mm_shuffle_epi8(low_bits, text.low));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(clash, _mm_setzero_si128())) == 0xffff;
}

/// Twelve bytes, and four zeroes, of sixteen characters of the alphabet.
[[gnu::target("ssse3")]] __m128i to_bytes(const Characters& text) {
    const __m128i distances = _mm_setr_epi8(0, 16, 19, 4, -65, -65, -71, -71, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m128i is_slash = _mm_cmpeq_epi8(text.all, _mm_set1_epi8('/'));
    const __m128i six_bits = _mm_add_epi8(text.all, _mm_shuffle_epi8(distances, _mm_add_epi8(is_slash, text.high)));
    const __m128i twelve_bits = _mm_maddubs_epi16(six_bits, _mm_set1_epi32(0x01400140));
    const __m128i triples = _mm_madd_epi16(twelve_bits, _mm_set1_epi32(0x00011000));
    return _mm_shuffle_epi8(triples, _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1));
}

}  // namespace

[[gnu::target("ssse3")]] std::size_t encode_blocks(std::string_view bytes, char* to) {
    std::size_t taken = 0;
    if (!has_shuffle()) return taken;
    for (; taken + kVector <= bytes.size(); taken += kBytes, to += kVector) {
        store(to, to_characters(split(load(bytes.data() + taken))));
    }
    return taken;
}

[[gnu::target("ssse3")]] std::size_t decode_blocks(std::string_view text, char* to) {
    // What is stored behind the bytes is room that eight further characters will fill.
    constexpr std::size_t kNeeded = kVector + 8;
    std::size_t taken = 0;
    if (!has_shuffle()) return taken;
    for (; taken + kNeeded <= text.size(); taken += kVector, to += kBytes) {
        const Characters characters = load_characters(text.data() + taken);
        if (!are_base64(characters)) break;
        store(to, to_bytes(characters));
    }
    return taken;
}

}  // namespace understudy::http
