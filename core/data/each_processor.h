// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before a function: one version of it for each generation of processors, chosen when the program is loaded.
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define NETLOOM_FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define NETLOOM_FOR_EACH_PROCESSOR
#endif
