// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/cifar_files.h"

namespace netloom {

namespace {

CifarFiles cifar10Files()
{
    CifarFiles files;
    files.title = "CIFAR-10";
    files.folder = "cifar-10-batches-bin";
    files.trainFiles = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"};
    files.testFile = "test_batch.bin";
    files.namesFile = "batches.meta.txt";
    return files;
}

} // namespace

namespace nodes {

NodeSpec cifar10()
{
    NodeSpec spec;
    spec.type = "CIFAR10";
    spec.keywords = {"pictures", "photos", "tiny", "airplane", "data", "dataset", "binary"};
    spec.doc = "60,000 small colour photos of 32×32 px in ten classes, from airplane to truck, in CIFAR-10's binary version. "
               "Validation is taken from the training pictures.";
    declareCifar(spec, "The folder with data_batch_1.bin and the other files, or the one that holds cifar-10-batches-bin");
    spec.recognise = [](const std::string &path) { return recogniseCifar(cifar10Files(), path); };
    spec.openSource = [](const Params &params) { return openCifar(cifar10Files(), params); };
    return spec;
}

} // namespace nodes

} // namespace netloom
